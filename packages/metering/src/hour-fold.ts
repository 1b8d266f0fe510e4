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
  const isNamed = named.length === 0 ? () => false : namedRows(rows, named);
  const table = new IdentityTable(rows.row.length + known.reduce((sum, { row }) => sum + row.length, 0));
  for (const { bundle, row } of known) {
    const owner = table.addBundle(bundle);
    for (const at of row) table.findOrInsert(owner, at);
  }
  return foldRows(rows, isNamed, table);
}

function foldRows({ from, row }: Selection, isNamed: (row: number) => boolean, table: IdentityTable): HourFold {
  const parts = {
    events: new SelectionBuilder(from),
    voids: new SelectionBuilder(from),
    duplicates: new SelectionBuilder(from),
    conflicts: new SelectionBuilder(from),
  };
  const owner = table.addBundle(from);
  for (const at of row) if (!isNamed(at)) parts[roleOf(from, at, table, owner)].push(at);
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

/** Whether a row of the selection is named by one of the pages: whether it came from the same row of the same bundle. */
function namedRows({ from }: Selection, pages: readonly Page[]): (row: number) => boolean {
  const numbers = new Map(from.origins.map(({ digest }, number) => [digest, number]));
  const named = new Set<number>();
  for (const page of pages) {
    const local = page.origins.map(({ digest }) => numbers.get(digest));
    for (let row = 0; row < page.count; row++) {
      const number = local[page.originIndex[row] ?? 0];
      if (number !== undefined) named.add(number * rowsPerBundle + (page.originRow[row] ?? 0));
    }
  }
  return (row) => named.has((from.originIndex[row] ?? 0) * rowsPerBundle + (from.originRow[row] ?? 0));
}

/** More than a bundle has rows. */
const rowsPerBundle = 2 ** 20;
