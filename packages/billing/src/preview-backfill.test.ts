import { rollMarked } from "@farthing/metering";
import { type CustomerId, formatPicos, sum } from "@farthing/money";
import { describe, expect, test } from "vitest";
import type { BackfillChange } from "./backfill-change.ts";
import { name, previewWorld } from "./preview-backfill.fixture.ts";
import { previewBackfill } from "./preview-backfill.ts";
import { ann, bob, charge, day, hour, merchant, month, request, start, voiding } from "./world.fixture.ts";

const kept = { events: 1, counted: 1, duplicates: 0, conflicts: 0, voided: 0 };

describe("previewBackfill", () => {
  test("tells what it would add to the open period and to one that was billed", async () => {
    const world = await previewWorld();
    await world.send(request("a", month(2) + day));
    world.at(month(3) + hour);
    await world.seal(month(3));
    await world.send(request("b", month(3)));
    await world.stage(request("c", month(2) + 2 * day), request("d", month(3) + 1));
    const period = (from: number) => ({
      from: new Date(month(from)).toISOString(),
      to: new Date(month(from + 1)).toISOString(),
    });
    const line = { meter: "requests", description: "requests", quantity: "1", exact: "0.0004" };
    expect(await world.preview()).toEqual({
      items: [
        {
          customer: ann,
          ...{ ...kept, events: 2, counted: 2 },
          invoices: [
            {
              currency: "USD",
              ...{ before: "0.0004", after: "0.0012", change: "0.0008", totalBefore: "0.00", totalAfter: "0.00" },
              lines: [
                { kind: "usage", ...line, period: period(3) },
                { kind: "adjustment", ...line, period: period(2) },
              ],
            },
          ],
        },
      ],
    });
  });

  test("tells copies, conflicts and voids from what counts, whether what they meet is rolled or billed or not", async () => {
    const world = await previewWorld();
    world.at(start + 6 * day);
    const sent = [request("a", start), request("b", start), request("c", start), request("far", start + 5 * day)];
    await world.send(...sent, voiding("v", start));
    const staged = [
      request("a", start),
      request("b", start, { data: { bytes: 1, region: "us" } }),
      request("far", start + 2 * day),
    ];
    await world.stage(...staged, request("v", start), request("new", start));
    const fates = { events: 5, counted: 1, duplicates: 1, conflicts: 2, voided: 1 };
    for (const prepare of [async () => {}, () => rollMarked(world.rolls, { merchant, shard: 0 }), () => world.seal()]) {
      await prepare();
      expect((await world.preview()).items).toMatchObject([{ ...fates, invoices: [{ change: "0.0004" }] }]);
    }
  });

  test("goes on page by page, over customers that nobody knows yet, and shows those that it costs nothing", async () => {
    const world = await previewWorld();
    const names = ["ann", "bob", "cid", "dan"] as CustomerId[];
    await world.stage(...names.map((customer) => request("a", start - 50 * day, { customer })));
    await world.stage(charge("c", start - 50 * day, "0.25"));
    const seen: BackfillChange[] = [];
    let after: string | undefined;
    do {
      const page = await world.preview({ limit: 2, after });
      seen.push(...page.items);
      after = page.next;
    } while (after !== undefined);
    expect(seen.map(({ customer, invoices }) => [customer, invoices.map(({ change }) => change)])).toEqual([
      ["ann", ["0.2504"]],
      ...["bob", "cid", "dan"].map((customer) => [customer, []]),
    ]);
    expect((await world.preview({ limit: 4 })).next).toBeUndefined();
  });

  test("bills up to where it is told to", async () => {
    const world = await previewWorld();
    await world.stage(request("a", start));
    expect((await world.preview({ through: start })).items).toMatchObject([{ counted: 1, invoices: [] }]);
    expect((await world.preview({ through: start + 1 })).items).toMatchObject([{ invoices: [{ after: "0.0004" }] }]);
  });

  test("stores nothing", async () => {
    const world = await previewWorld();
    await world.stage(request("a", start - 50 * day), request("a", start, { customer: bob }));
    await world.preview();
    expect(await world.log.lastNumber({ merchant, customer: ann })).toBe(0);
    expect(await world.seals.latestSeal({ merchant, customer: ann })).toBeUndefined();
    expect(await world.customers.customer(merchant, bob)).toBeUndefined();
  });

  test("is refused where there is no such backfill, or it was closed", async () => {
    const world = await previewWorld();
    const ask = (other: string) => previewBackfill(world, { merchant, name: other, limit: 1 });
    expect(await ask("other")).toEqual({ ok: false, error: { code: "not_found" } });
    await world.commit();
    expect(await ask(name)).toMatchObject({ ok: false, error: { code: "backfill_closed" } });
  });
});

test("a settlement in the middle of a commit bills what it meets, and the next one the rest", async () => {
  const world = await previewWorld();
  const days = Array.from({ length: 5 }, (_, i) => start - (40 + i) * day);
  for (const time of days) await world.stage(request(`${time}`, time));
  const whole = (await world.preview()).items[0]?.invoices[0];
  // A step counts them, and the next moves a page of two.
  await world.commit(2, 0);
  const first = await world.seal();
  expect(first?.invoices).toMatchObject([{ events: 2 }]);
  world.at(start + hour);
  await world.commit();
  const second = await world.seal();
  expect(second?.invoices).toMatchObject([{ events: 3 }]);
  const all = [first, second].flatMap((seal) => seal?.invoices ?? []).map(({ exact }) => exact);
  expect(formatPicos(sum(all))).toBe(whole?.after);
});
