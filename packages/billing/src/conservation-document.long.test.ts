import { rollClosedHours } from "@farthing/metering";
import { memoryRejections } from "@farthing/metering/memory";
import { customerId, expectOk } from "@farthing/money";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { conservationDocument, type ReportDocument, type ReportRequest } from "./conservation-document.ts";
import { memoryChecks } from "./memory-checks.ts";
import { type ConservationReport, reportConservation } from "./report-conservation.ts";
import { billingWorld, charge, hour, merchant, month, request, start } from "./world.fixture.ts";

const march: ReportRequest = { merchant, from: month(2), to: month(3) };
const count = 650;
const named = (n: number) => customerId(`c${String(n).padStart(4, "0")}`);

/** A merchant with more customers than are counted in one go: some have a direct charge, some events of no price, some both. */
async function crowd() {
  const shop = await billingWorld();
  const customers = Array.from({ length: count }, (_, n) => named(n));
  await shop.send(...customers.map((customer, n) => ({ ...request(`r${n}`, start), customer })));
  const charged = customers.filter((_, n) => n % 3 === 0);
  await shop.send(...charged.map((customer, n) => ({ ...charge(`c${n}`, start, "1"), customer })));
  shop.at(start + 2 * hour);
  await rollClosedHours(shop.rolls, { merchant, shard: 0 });
  // News of customers who have statements, and of one whom no list knows yet.
  await shop.send({ ...request("again", start), customer: named(1) });
  await shop.send({ ...request("new", start), customer: customerId("b") });
  return { ...shop, rejections: memoryRejections(), checks: memoryChecks() };
}

const world = crowd();

/** The same world with a clock that runs on whenever it is read. Units: milliseconds. */
async function slow(stepMs: number) {
  const shop = await world;
  let now = shop.clock.now();
  return { ...shop, journal: { ...shop.journal, clock: { now: () => (now += stepMs) } } };
}

async function partsOf(stores: Awaited<ReturnType<typeof slow>>, query: ReportRequest) {
  const parts: ReportDocument[] = [];
  for (let after: string | undefined; ; ) {
    const part = expectOk(await conservationDocument(stores, { ...query, after }));
    parts.push(part);
    if (part.next === undefined) return parts;
    after = part.next;
  }
}

describe("a report that is too much for one answer", () => {
  test.for(["customer", undefined] as const)(
    "comes in parts, and the last has the sums of all, by %s",
    async (groupBy) => {
      const query = { ...march, groupBy };
      const whole = expectOk(await conservationDocument(await world, query));
      expect(whole).not.toHaveProperty("next");
      expect(whole).toMatchObject({ accepted: 650 + 217 + 2, gap: 0 });
      const parts = await partsOf(await slow(13_000), query);
      expect(parts.length).toBeGreaterThan(2);
      const groups = parts.flatMap((part) => part.groups ?? []);
      expect({ ...parts.at(-1), ...(groupBy === undefined ? {} : { groups }) }).toEqual(whole);
      for (const part of parts) expect(part.gap).toBe(0);
      const accepted = parts.map((part) => part.accepted);
      expect(accepted).toEqual(accepted.toSorted((a, b) => a - b));
    },
  );

  test("is whole where there is time", async () => {
    expect(await partsOf(await slow(1), march)).toHaveLength(1);
  });

  test("finds a gap, in its last part alone", async () => {
    const shop = await slow(13_000);
    const { log } = shop;
    const lost = new Proxy(log, {
      get: (_, method: keyof typeof log) => (method === "entriesOfHours" ? async () => [] : log[method].bind(log)),
    });
    const parts = await partsOf({ ...shop, log: lost }, march);
    expect(parts.slice(0, -1).map(({ gap }) => gap)).toEqual(parts.slice(1).map(() => 0));
    expect(parts.at(-1)?.gap).toBeGreaterThan(800);
  });

  test("by meter is refused, as every event is to be counted", async () => {
    const query = { ...march, groupBy: "meter" } as const;
    const { groups = [] } = expectOk(await conservationDocument(await world, query));
    expect(groups.map(({ meter, accepted }) => `${meter} ${accepted}`)).toEqual([
      "bytes 652",
      "charge 217",
      "requests 652",
    ]);
    for (let after: string | undefined; ; ) {
      const answer = await conservationDocument(await slow(13_000), { ...query, after });
      if (!answer.ok) return expect(answer.error).toEqual({ code: "report_too_large" });
      after = answer.value.next;
      expect(after).toBeDefined();
    }
  });
});

describe("reportConservation", () => {
  test("comes to the same sums wherever it stops", async () => {
    const shop = await world;
    const { from, to } = march;
    const whole = expectOk(await reportConservation(shop, { merchant, from, to }));
    await fc.assert(
      fc.asyncProperty(fc.infiniteStream(fc.boolean()), async (stops) => {
        const isOver = () => stops.next().value === true;
        let report: ConservationReport | undefined;
        do report = expectOk(await reportConservation(shop, { merchant, from, to }, { resume: report?.next, isOver }));
        while (report.next !== undefined);
        expect(report).toEqual(whole);
      }),
      { numRuns: 8 },
    );
  });
});
