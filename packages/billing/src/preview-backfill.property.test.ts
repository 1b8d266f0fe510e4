import { formatPicos } from "@farthing/money";
import fc from "fast-check";
import { expect, test } from "vitest";
import type { BackfillChange } from "./backfill-change.ts";
import { previewWorld } from "./preview-backfill.fixture.ts";
import type { Seal } from "./seal.ts";
import { charge, day, request, start } from "./world.fixture.ts";

const events = (fromDay: number, toDay: number) =>
  fc
    .record({
      id: fc.constantFrom("a", "b", "c", "d"),
      after: fc.integer({ min: fromDay, max: toDay }).map((days) => days * day),
      amount: fc.constantFrom("0.01", "0.2"),
      isCharge: fc.boolean(),
    })
    .map(({ id, after, amount, isCharge }) =>
      isCharge ? charge(id, start + after, amount) : request(id, start + after),
    );

test("what a preview says is what the invoices say after the commit", async () => {
  const arbitrary = {
    billed: fc.array(events(-60, 10), { maxLength: 5 }),
    open: fc.array(events(11, 20), { maxLength: 5 }),
    late: fc.array(events(-60, 20), { minLength: 1, maxLength: 5 }),
  };
  await fc.assert(
    fc.asyncProperty(fc.record(arbitrary), async ({ billed, open, late }) => {
      const world = await previewWorld();
      world.at(start + 10 * day);
      for (const one of billed) await world.send(one);
      await world.seal();
      world.at(start + 22 * day);
      for (const one of open) await world.send(one);
      for (const one of late) await world.stage(one);
      const [change] = (await world.preview()).items;
      const without = await world.seal(start + 22 * day, { dryRun: true });
      await world.commit();
      const seal = await world.seal();
      expect({ ...amounts(without), ...amountsAfter(change) }).toEqual(amounts(seal));
    }),
    { numRuns: 60, seed: 1 },
  );
});

function amounts(seal: Seal | undefined): Readonly<Record<string, string>> {
  return Object.fromEntries(seal?.invoices.map(({ currency, exact }) => [currency, formatPicos(exact)]) ?? []);
}

function amountsAfter(change: BackfillChange | undefined): Readonly<Record<string, string>> {
  return Object.fromEntries(change?.invoices.map(({ currency, after }) => [currency, after]) ?? []);
}
