import { UsageError } from "./usage-error.ts";

/** Where a column's cells go: a field of the event, or a path in its data. */
export type CsvTarget = { readonly field: EventField } | { readonly path: readonly string[] };

const eventFields = ["id", "type", "customer", "time", "source"] as const;

/** The fields of an event outside its data. */
export type EventField = (typeof eventFields)[number];

/**
 * Finds where each column goes: by its name, or by a map of `target=column`. Other columns go into the data, `data.a.b` and
 * `a.b` nested.
 *
 * Errors: throws `UsageError` for a map to no column, a target taken twice, and a header without a customer.
 */
export function csvColumns(header: readonly string[], map: readonly string[] = []): CsvTarget[] {
  const renamed = new Map(map.map((pair) => parsePair(pair, header)));
  const taken = new Set<string>();
  const targets = header.map((column) => {
    const name = renamed.get(column) ?? column;
    const target = targetOf(name);
    claim(keyOf(target), column, taken);
    return target;
  });
  if (!taken.has("customer")) {
    throw new UsageError(
      `The CSV has no column "customer" (it has ${header.join(", ")}). Name it with --map customer=<column>.`,
    );
  }
  return targets;
}

function parsePair(pair: string, header: readonly string[]): readonly [string, string] {
  const at = pair.indexOf("=");
  const [target, column] = [pair.slice(0, at), pair.slice(at + 1)];
  if (at < 1 || !header.includes(column)) {
    throw new UsageError(`--map ${pair}: it is <target>=<column>, and the columns are ${header.join(", ")}.`);
  }
  return [column, target];
}

function targetOf(name: string): CsvTarget {
  const field = eventFields.find((one) => one === name);
  if (field !== undefined) return { field };
  const path = (name.startsWith("data.") ? name.slice(5) : name).split(".");
  if (path.includes("")) throw new UsageError(`The CSV column "${name}" is no name for a field of the data.`);
  return { path };
}

function keyOf(target: CsvTarget): string {
  return "field" in target ? target.field : JSON.stringify(target.path).slice(0, -1);
}

/** Two columns may not go to one place, nor one to a place inside the other's. */
function claim(key: string, column: string, taken: Set<string>): void {
  for (const other of taken) {
    if (other === key || other.startsWith(`${key},`) || key.startsWith(`${other},`)) {
      throw new UsageError(`The CSV column "${column}" goes where another column goes already. Rename one with --map.`);
    }
  }
  taken.add(key);
}
