import * as v from "valibot";
import { type Chunks, itemBytes, spill, unspill } from "../spill.ts";
import { squeeze, unsqueeze } from "../squeeze.ts";
import type { CustomerRef } from "../statement.ts";
import type { Cell, Cohort, Tally } from "../tally.ts";
import { Bytes } from "./bytes.ts";

/** A tally in its statement's item: as text while that is short, else packed, else in chunks of its own. */
const TallyItem = v.object({
  t: v.optional(v.string()),
  z: v.optional(Bytes),
  x: v.optional(v.object({ key: v.string(), parts: v.number() })),
});

/** Longer text is packed: it would be the most part of a write unit, and repeats itself. Units: characters. */
const maxPlainLength = 600;

type TallyRows = readonly [
  cells: readonly (readonly [meter: string, group: Cell["group"], state: Cell["state"]])[],
  cohorts: readonly (readonly [cells: Cohort["cells"], events: number])[],
];

/** Lays a tally out; what does not fit `room` is stored in chunks, before the item that will name it. */
export async function storeTally(
  chunks: Chunks,
  customer: CustomerRef,
  tally: Tally,
): Promise<v.InferInput<typeof TallyItem>> {
  const text = encodeTally(tally);
  if (text.length <= maxPlainLength) return { t: text };
  const z = squeeze(text);
  return z.byteLength <= itemBytes ? { z } : { x: await spill(chunks, customer, z) };
}

/** Reads a tally back, from chunks where it does not lie in the item. Errors: throws on an item without one. */
export async function readTally(chunks: Chunks, customer: CustomerRef, item: unknown): Promise<Tally> {
  const { t, z, x } = v.parse(TallyItem, item);
  if (t !== undefined) return decodeTally(t);
  const packed = z ?? (x === undefined ? undefined : await unspill(chunks, customer, x));
  if (packed === undefined) throw new Error("a statement has no tally");
  return decodeTally(unsqueeze(packed));
}

function encodeTally({ cells, cohorts }: Tally): string {
  const rows: TallyRows = [
    cells.map(({ meter, group, state }) => [meter, group, state]),
    cohorts.map((cohort) => [cohort.cells, cohort.events]),
  ];
  return JSON.stringify(rows);
}

function decodeTally(text: string): Tally {
  const [cells, cohorts]: TallyRows = JSON.parse(text);
  return {
    cells: cells.map(([meter, group, state]) => ({ meter, group, state })),
    cohorts: cohorts.map(([of, events]) => ({ cells: of, events })),
  };
}
