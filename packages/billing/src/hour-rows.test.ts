import { hourOf } from "@farthing/metering";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { hourRows, type PlacedRow } from "./hour-rows.ts";
import { rollEverything } from "./run-settlement.ts";
import { rowsOfHour } from "./sealed-rows.ts";
import { ann, billingWorld, hour, merchant, refOf, request, start } from "./world.fixture.ts";

const batches = fc.array(
  fc.array(fc.tuple(fc.integer({ min: 0, max: 5 }), fc.nat(40)), { minLength: 1, maxLength: 6 }),
  {
    minLength: 1,
    maxLength: 4,
  },
);

/** An hour with a statement for each batch that had news. */
async function rolled(all: readonly (readonly (readonly [number, number])[])[]) {
  const shop = await billingWorld();
  shop.at(start + 2 * hour);
  for (const batch of all) {
    await shop.send(...batch.map(([after, id]) => request(`e${id}`, start + after)));
    await rollEverything(shop.rolls, merchant, 0);
  }
  const statements = await shop.log.entriesOfHours(refOf(ann), hourOf(start), hourOf(start + hour));
  return { log: shop.log, statements: statements.filter(({ counts }) => counts.events > 0) };
}

const nameOf = ({ row: { entry, row } }: Pick<PlacedRow, "row">) => `${entry}/${row}`;

describe("hourRows", () => {
  test("merges an hour's statements in order of (time, id), and goes on from anywhere", async () => {
    await fc.assert(
      fc.asyncProperty(batches, async (all) => {
        const { log, statements } = await rolled(all);
        const placed = await Array.fromAsync(hourRows(log, refOf(ann), statements));
        const whole = await rowsOfHour(log, refOf(ann), statements);
        expect(placed.map(nameOf)).toEqual(whole.map((row) => nameOf({ row })));
        expect(placed.map(({ number }) => number)).toEqual(whole.map((_, index) => index));
        for (const [index, { before }] of placed.entries()) {
          const rest = await Array.fromAsync(hourRows(log, refOf(ann), statements, before));
          expect(rest.map((one) => [nameOf(one), one.number, one.before])).toEqual(
            placed.slice(index).map((one) => [nameOf(one), one.number, one.before]),
          );
        }
      }),
      { numRuns: 40 },
    );
  });
});
