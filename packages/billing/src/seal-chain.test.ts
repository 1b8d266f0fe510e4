import { currency, decimal, picos } from "@farthing/money";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { memorySeals } from "./memory.ts";
import type { LineKey, Seal, SealedLine } from "./seal.ts";
import { lineKeyText, SealChain } from "./seal-chain.ts";
import { ann, refOf, start } from "./world.fixture.ts";

const customer = refOf(ann);

const keyOf = (price: string, more: Partial<LineKey> = {}): LineKey => ({
  subscription: "s1",
  price,
  periodFrom: 0,
  periodTo: 10,
  meterRevision: 1,
  currency: currency("USD"),
  ...more,
});

function lineOf(key: LineKey, charged: string): SealedLine {
  const money = { exact: picos("0"), amount: picos("0"), chargedExact: picos(charged) };
  return { id: "line_1", kind: "usage", key, description: "", chargedQuantity: decimal(charged), ...money };
}

function sealOf(number: number, lines: readonly SealedLine[], more: Partial<Seal> = {}): Seal {
  const amounts = { exact: picos("0"), carriedIn: picos("0"), total: picos("0"), carriedOut: picos("0"), events: 0 };
  const invoice = {
    currency: currency("USD"),
    status: "carried",
    period: { from: 0, to: 10 },
    lines,
    ...amounts,
  } as const;
  const facts = { carries: {}, struck: [], voids: [], meterRevision: 1, subscriptions: [], timezone: "UTC" };
  const frontier = { entry: number, cut: number * 10 };
  const tree = { tree: "", root: "", settlement: `st${number}`, sealedAt: start + number };
  return { customer, number, frontier, readFrom: 1, invoices: [invoice], ...facts, ...tree, ...more };
}

async function chainOf(...seals: readonly Seal[]) {
  const store = memorySeals();
  for (const seal of seals) await store.appendSeal(seal);
  return new SealChain(store, customer, seals.at(-1));
}

const four = [1, 2, 3, 4].map((number) => sealOf(number, []));

describe("SealChain", () => {
  test.for([
    { time: 40, entry: 9, read: [4], why: "the newest seal's cut and frontier lie before" },
    { time: 39, entry: 9, read: [3, 4], why: "the newest may have billed a fact at that time" },
    { time: 40, entry: 4, read: [3, 4], why: "or judged that entry" },
    { time: 20, entry: 9, read: [2, 3, 4], why: "back to a cut at that time" },
    { time: 19, entry: 9, read: [1, 2, 3, 4], why: "back over it" },
    { time: -1, entry: 1, read: [1, 2, 3, 4], why: "to the beginning" },
  ])("since $time and entry $entry reads $read: $why", async ({ time, entry, read }) => {
    const chain = await chainOf(...four);
    expect((await chain.since({ time, entry })).map(({ number }) => number)).toEqual(read);
    expect((await chain.since({ time, entry })).map(({ number }) => number)).toEqual(read);
  });

  test("without seals has none, and nothing was charged", async () => {
    const chain = await chainOf();
    expect(chain.latest).toBeUndefined();
    expect(await chain.since({ time: 0, entry: 0 })).toEqual([]);
    expect(await chain.bySettlement("st1", 0)).toBeUndefined();
    expect(chain.charged(keyOf("r"))).toEqual({ quantity: decimal("0"), exact: 0n });
  });

  test.for([
    { settlement: "st4", notBefore: start, number: 4, why: "the newest" },
    { settlement: "st2", notBefore: start, number: 2, why: "one behind later ones" },
    { settlement: "st2", notBefore: start + 2, number: 2, why: "made at the settlement's own instant" },
    { settlement: "st2", notBefore: start + 2002, number: 2, why: "by a clock that is 2 s behind" },
    { settlement: "st0", notBefore: start, number: undefined, why: "none made it" },
    { settlement: "st1", notBefore: start + 3_600_000, number: undefined, why: "a settlement of later cannot have" },
  ])("finds seal $number of $settlement: $why", async ({ settlement, notBefore, number }) => {
    const chain = await chainOf(...four);
    expect((await chain.bySettlement(settlement, notBefore))?.number).toBe(number);
  });

  test("knows what each key was charged through its newest line", async () => {
    const [r, b] = [keyOf("r"), keyOf("b")];
    const chain = await chainOf(
      sealOf(1, [lineOf(r, "1"), lineOf(b, "5")]),
      sealOf(2, [lineOf(r, "3")]),
      sealOf(3, []),
    );
    await chain.since({ time: -1, entry: 1 });
    expect(chain.charged(r)).toEqual({ quantity: decimal("3"), exact: picos("3") });
    expect(chain.charged(b)).toEqual({ quantity: decimal("5"), exact: picos("5") });
    expect(chain.lines).toHaveLength(2);
  });

  test("lists the lines of a subscription, or of direct charges, for a period", async () => {
    const own = keyOf("r");
    const others = [
      keyOf("r", { subscription: "s2" }),
      keyOf("r", { periodFrom: 10 }),
      keyOf("charge", { subscription: null }),
    ];
    const chain = await chainOf(
      sealOf(
        1,
        [own, ...others].map((key) => lineOf(key, "1")),
      ),
    );
    expect(chain.linesOf("s1", 0).map(({ key }) => key)).toEqual([own]);
    expect(chain.linesOf(null, 0).map(({ key }) => key.price)).toEqual(["charge"]);
  });

  test("throws where a seal of it is missing", async () => {
    const store = memorySeals();
    const chain = new SealChain(store, customer, sealOf(3, []));
    await expect(chain.since({ time: -1, entry: 1 })).rejects.toThrow("gap");
  });
});

describe("a line's key", () => {
  const keys = fc.record({
    subscription: fc.option(fc.string({ maxLength: 4 })),
    price: fc.string({ maxLength: 4 }),
    periodFrom: fc.nat(2),
    periodTo: fc.nat(2),
    meterRevision: fc.nat(2),
    currency: fc.constantFrom("USD", "EUR").map(currency),
  });

  test("is as text what it is", () => {
    fc.assert(
      fc.property(keys, keys, (a, b) => {
        const { subscription, price, periodFrom, periodTo, meterRevision, currency: code } = a;
        expect(JSON.parse(lineKeyText(a))).toEqual([subscription, price, periodFrom, periodTo, meterRevision, code]);
        expect(lineKeyText(a) === lineKeyText(b)).toBe(JSON.stringify(a) === JSON.stringify(b));
      }),
      { seed: 1 },
    );
  });
});
