import { fixedEvent } from "@farthing/sdk";
import type { CsvTarget } from "./csv-columns.ts";
import { type CsvRow, csvRows } from "./csv-rows.ts";
import type { FileLine } from "./file-lines.ts";
import { type EventDefaults, type ImportEvent, type ImportRecord, problemRecord } from "./import-record.ts";

/** Makes an event of each row after the header. Cells stay text, so quantities are exact; empty ones are left out. */
export async function* csvRecords(
  lines: AsyncIterable<FileLine>,
  columns: readonly CsvTarget[],
  defaults: EventDefaults & { readonly delimiter: string },
): AsyncGenerator<ImportRecord, void> {
  for await (const row of csvRows(lines, defaults.delimiter)) {
    const made = eventOf(row, columns, defaults);
    if (typeof made === "string") yield problemRecord(row, made);
    else yield { start: row.start, end: row.end, line: row.lastLine, event: made };
  }
}

function eventOf(row: CsvRow, columns: readonly CsvTarget[], defaults: EventDefaults): ImportEvent | string {
  if (row.problem !== undefined) return row.problem;
  if (row.cells.length !== columns.length) return `${row.cells.length} cells under ${columns.length} columns`;
  const { fields, data } = sortCells(row.cells, columns);
  if (fields.customer === undefined) return "the customer is empty";
  const type = fields.type ?? defaults.type;
  if (type === undefined) return "the event has no type, and --type names none";

  const id = fields.id ?? `${defaults.idPrefix}:${row.number}`;
  const { customer, time, source = defaults.source } = fields;
  const text = JSON.stringify({ id, type, customer, time, source, data });
  return { ...fixedEvent(id, text, Date.parse(time ?? "")), line: row.number, customer };
}

interface Tree {
  [name: string]: string | Tree;
}

function sortCells(cells: readonly string[], columns: readonly CsvTarget[]) {
  const fields: { [field in "id" | "type" | "customer" | "time" | "source"]?: string } = {};
  const data = emptyTree();
  for (const [at, target] of columns.entries()) {
    const cell = cells[at] ?? "";
    if (cell === "") continue;
    if ("field" in target) fields[target.field] = cell;
    else plant(data, target.path, cell);
  }
  return { fields, data: Object.keys(data).length === 0 ? undefined : data };
}

function plant(tree: Tree, [name = "", ...rest]: readonly string[], cell: string): void {
  if (rest.length === 0) {
    tree[name] = cell;
    return;
  }
  const inner = tree[name];
  const branch = typeof inner === "object" ? inner : emptyTree();
  tree[name] = branch;
  plant(branch, rest, cell);
}

/** Without a prototype, so that a column called `__proto__` is a name like another, for the API to refuse. */
function emptyTree(): Tree {
  return Object.create(null) as Tree;
}
