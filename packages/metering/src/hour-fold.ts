import type { Bundle, Page, Selection } from "./codec/bundle.ts";
import { IdentityTable } from "./identity-table.ts";
import { SelectionBuilder } from "./selection.ts";

/** Events that are known already, against which others are copies. */
export interface KnownRows {
  readonly bundle: Bundle;
  readonly row: Uint32Array;
}

/** What one hour's rows of one customer come to, against what is known. */
export interface HourFold {
  readonly events: Selection;
  readonly voids: Selection;
  readonly duplicates: Selection;
  readonly conflicts: Selection;
}

/**
 * Folds rows by identity. A row that a page names already is dropped; of the rest, a copy of a known event is a duplicate,
 * or a conflict where its content differs; among themselves the first row in the order of the selection counts.
 *
 * `named` are pages of the same hour, whose rows say which bundle and row they came from.
 * Source: the protocol's rule 5 (docs/metering.md).
 */
export function foldHour(rows: Selection, named: readonly Page[], known: readonly KnownRows[]): HourFold {
  const seen = namedRows(rows, named);
  const table = new IdentityTable(rows.row.length + known.reduce((sum, { row }) => sum + row.length, 0));
  for (const { bundle, row } of known) {
    const owner = table.addBundle(bundle);
    for (const at of row) table.findOrInsert(owner, at);
  }
  return foldRows(rows, seen, table);
}

function foldRows(rows: Selection, seen: readonly (Uint8Array | undefined)[], table: IdentityTable): HourFold {
  const parts = {
    events: new SelectionBuilder(rows.bundles),
    voids: new SelectionBuilder(rows.bundles),
    duplicates: new SelectionBuilder(rows.bundles),
    conflicts: new SelectionBuilder(rows.bundles),
  };
  const owners = rows.bundles.map(({ bundle }) => table.addBundle(bundle));
  for (let i = 0; i < rows.row.length; i++) {
    const [number, row] = [rows.bundle[i] ?? 0, rows.row[i] ?? 0];
    const bundle = rows.bundles[number]?.bundle;
    if (bundle === undefined || seen[number]?.[row] === 1) continue;
    parts[roleOf(bundle, row, table, owners[number] ?? 0)].push(number, row);
  }
  return {
    events: parts.events.build(),
    voids: parts.voids.build(),
    duplicates: parts.duplicates.build(),
    conflicts: parts.conflicts.build(),
  };
}

function roleOf(bundle: Bundle, row: number, table: IdentityTable, owner: number): keyof HourFold {
  if (bundle.kind(row) === "void") return "voids";
  const first = table.findOrInsert(owner, row);
  if (first === undefined) return "events";
  return bundle.sameContent(row, first.bundle, first.row) ? "duplicates" : "conflicts";
}

function namedRows(rows: Selection, pages: readonly Page[]): readonly (Uint8Array | undefined)[] {
  const numbers = new Map(rows.bundles.map(({ digest }, number) => [digest, number]));
  const seen: (Uint8Array | undefined)[] = rows.bundles.map(() => undefined);
  for (const page of pages) {
    const local = page.origins.map(({ digest }) => numbers.get(digest));
    for (let row = 0; row < page.count; row++) {
      const number = local[page.originIndex[row] ?? 0];
      if (number === undefined) continue;
      seen[number] ??= new Uint8Array(rows.bundles[number]?.bundle.count ?? 0);
      const flags = seen[number];
      if (flags !== undefined) flags[page.originRow[row] ?? 0] = 1;
    }
  }
  return seen;
}
