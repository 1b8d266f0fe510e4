import type { MeterSet, Tally } from "@farthing/metering";
import { currency, decimal, formatDecimal, formatPicos, picos, zero } from "@farthing/money";
import { describe, expect, test } from "vitest";
import type { CoveredTally } from "./fact-reader.ts";
import {
  type ChargedSoFar,
  chargeLines,
  flatLine,
  type LineDraft,
  type PeriodFacts,
  takenBack,
  usageLines,
} from "./line-draft.ts";
import type { SealedLine } from "./seal.ts";
import { lineKeyText } from "./seal-chain.ts";
import { bytes, chargeWindow, flat, planOf, requests, subscription } from "./world.fixture.ts";

const second = { ...bytes, revision: 2, value: "size" };
const sets: ReadonlyMap<number, MeterSet> = new Map([
  [1, { revision: 1, meters: [bytes, requests] }],
  [2, { revision: 2, meters: [second, { ...requests, name: "Requests" }] }],
]);
const period = { from: 0, to: 100 };

const plan = planOf("p", {
  prices: [
    { key: "eu", model: "per_unit", meter: "bytes", unitPrice: decimal("0.1"), group: { region: "eu" } },
    { key: "all", model: "per_unit", meter: "bytes", unitPrice: decimal("0.01") },
    flat("2", "in_advance"),
  ],
});
const window = chargeWindow({ subscription: subscription(), plan, from: 0 });

/** Bytes in regions, and direct charges in currencies, that one seal covered by some meters. */
function covered(
  meterRevision: number,
  usage: Record<string, string>,
  charges: Record<string, string> = {},
): CoveredTally {
  const bytesIn = Object.entries(usage).map(([region, state]) => ({ meter: "bytes", group: [region], state }));
  const chargesIn = Object.entries(charges).map(([code, state]) => ({ meter: "charge", group: [code], state }));
  const tally: Tally = { cells: [...bytesIn, ...chargesIn], cohorts: [] };
  return { from: 0, to: 100, seal: 1, meterRevision, entry: 1, tally };
}

const factsOf = (...tallies: readonly CoveredTally[]): PeriodFacts => ({
  period,
  held: { ...period, whole: period, timezone: "UTC" },
  tallies,
  carried: [],
  changed: { added: [], gone: [] },
  sets,
  wasOver: false,
  isOver: false,
  transactions: () => picos("0"),
});

/** What some lines were charged already. */
function before(...lines: readonly LineDraft[]): ChargedSoFar {
  const sealed = lines.map((line): SealedLine => ({ ...line, id: "line", amount: picos("0") }));
  const byKey = new Map(sealed.map((line) => [lineKeyText(line.key), line]));
  return {
    charged: (key) => {
      const line = byKey.get(lineKeyText(key));
      return { quantity: line?.chargedQuantity ?? zero, exact: line?.chargedExact ?? picos("0") };
    },
    linesOf: (owner, from) => sealed.filter(({ key }) => key.subscription === owner && key.periodFrom === from),
  };
}

const shown = (lines: readonly LineDraft[]) =>
  lines.map(({ kind, key, quantity = zero, exact, chargedExact }) =>
    [
      kind,
      key.price,
      `r${key.meterRevision}`,
      formatDecimal(quantity),
      formatPicos(exact),
      formatPicos(chargedExact),
    ].join(" "),
  );

describe("usageLines", () => {
  test("price each group, and usage without a group's price by the price for all", () => {
    const lines = usageLines(window, factsOf(covered(1, { eu: "10", us: "5" })), before());
    expect(shown(lines)).toEqual(["usage eu r1 10 1 1", "usage all r1 15 0.15 0.15"]);
    expect(lines.map(({ description, group }) => [description, group])).toEqual([
      ["bytes (region eu)", { region: "eu" }],
      ["bytes", undefined],
    ]);
  });

  test("continue from what was charged: the difference, and nothing where there is none", () => {
    const first = usageLines(window, factsOf(covered(1, { eu: "10" })), before());
    const more = usageLines(window, factsOf(covered(1, { eu: "10" }), covered(1, { us: "3" })), before(...first));
    expect(shown(more)).toEqual(["usage all r1 3 0.03 0.13"]);
    expect(usageLines(window, factsOf(covered(1, { eu: "10" })), before(...first))).toEqual([]);
  });

  test("stay at nothing where their facts changed and their sums did not", () => {
    const first = usageLines(window, factsOf(covered(1, { eu: "10" })), before());
    const same = factsOf(covered(1, { eu: "10" }));
    const changed = (...facts: readonly CoveredTally[]) =>
      shown(
        usageLines(window, { ...same, changed: { added: facts.slice(0, 1), gone: facts.slice(1) } }, before(...first)),
      );
    expect(changed(covered(1, { us: "1" }))).toEqual(["usage all r1 0 0 0.1"]);
    expect(changed(covered(1, { eu: "1" }))).toEqual(["usage eu r1 0 0 1", "usage all r1 0 0 0.1"]);
    expect(changed(covered(2, { eu: "1" }), covered(1, {}, { USD: "1" }))).toEqual([]);
  });

  test("of which nothing is left stay at nothing where the last fact was of no value", () => {
    const first = usageLines(
      window,
      { ...factsOf(covered(1, { us: "0" })), changed: { added: [covered(1, { us: "0" })], gone: [] } },
      before(),
    );
    expect(shown(first)).toEqual(["usage all r1 0 0 0"]);
    const none = { ...factsOf(), changed: { added: [], gone: [covered(1, { us: "0" })] } };
    expect(shown(usageLines(window, none, before(...first)))).toEqual(["adjustment all r1 0 0 0"]);
    expect(usageLines(window, factsOf(), before(...first))).toEqual([]);
  });

  test("take back what is left of nothing", () => {
    const first = usageLines(window, factsOf(covered(1, { eu: "10" })), before());
    const facts = { ...factsOf(covered(1, {})), wasOver: true };
    expect(shown(usageLines(window, facts, before(...first)))).toEqual([
      "adjustment eu r1 -10 -1 0",
      "adjustment all r1 -10 -0.1 0",
    ]);
    const none = usageLines(window, { ...factsOf(), wasOver: true }, before(...first));
    expect(shown(none)).toEqual(["adjustment eu r1 -10 -1 0", "adjustment all r1 -10 -0.1 0"]);
  });

  test("never add facts of different definitions of a meter, and do add those of a renamed one", () => {
    const facts = factsOf(covered(1, { us: "10" }), covered(2, { us: "7" }), covered(1, { us: "1" }));
    expect(shown(usageLines(window, facts, before()))).toEqual([
      "usage all r1 11 0.11 0.11",
      "usage all r2 7 0.07 0.07",
    ]);
    const renamed = planOf("r");
    const counted = (meterRevision: number): CoveredTally => ({
      ...covered(meterRevision, {}),
      tally: { cells: [{ meter: "requests", group: [], state: "2" }], cohorts: [] },
    });
    const lines = usageLines({ ...window, plan: renamed }, factsOf(counted(1), counted(2)), before());
    expect(shown(lines)).toEqual(["usage r r1 4 0.0016 0.0016"]);
  });
});

describe("chargeLines", () => {
  test("are one a currency, in order, exact", () => {
    const facts = factsOf(covered(1, {}, { USD: "0.0004", JPY: "3" }), covered(2, {}, { USD: "0.000000000001" }));
    expect(shown(chargeLines(facts, before()))).toEqual([
      "charges charge r0 3 3 3",
      "charges charge r0 0.000400000001 0.000400000001 0.000400000001",
    ]);
  });

  test("take back a currency of which nothing is left", () => {
    const first = chargeLines(factsOf(covered(1, {}, { USD: "5" })), before());
    const facts = { ...factsOf(covered(1, {}, { JPY: "3" })), wasOver: true };
    expect(shown(chargeLines(facts, before(...first)))).toEqual([
      "adjustment charge r0 3 3 3",
      "adjustment charge r0 -5 -5 0",
    ]);
  });

  test("leave out what is no currency", () => {
    expect(chargeLines(factsOf(covered(1, {}, { XXX: "5" })), before())).toEqual([]);
  });
});

describe("other lines", () => {
  test("a flat price is charged once a period", () => {
    const price = flat("2", "in_advance");
    const window = chargeWindow({ from: 0, plan, subscription: subscription({ flatFrom: 0 }) });
    const [first] = flatLine(window, price, period, before());
    expect(first && shown([first])).toEqual(["flat fee in_advance r0 1 2 2"]);
    expect(first && flatLine(window, price, period, before(first))).toEqual([]);
    expect(first?.key.currency).toBe(currency("USD"));
  });

  test("a flat price is charged for the part of a period that is owed, and goes on from there", () => {
    const price = flat("2", "in_advance");
    const own = subscription({ flatFrom: 0 });
    const [whole, part, none] = [100, 30, 0].map((to) => chargeWindow({ from: 0, to, plan, subscription: own }));
    const of = (window: typeof whole, so: ChargedSoFar) =>
      window === undefined ? [] : flatLine(window, price, { from: 0, to: 100 }, so);
    const first = of(whole, before());
    expect(shown(first)).toEqual(["flat fee in_advance r0 1 2 2"]);
    const second = of(part, before(...first));
    expect(shown(second)).toEqual(["flat fee in_advance r0 0 -1.4 0.6"]);
    expect(second.map(({ description }) => description)).toEqual(["fee in_advance, prorated"]);
    expect(shown(of(none, before(...second)))).toEqual(["flat fee in_advance r0 -1 -0.6 0"]);
    expect(of(none, before())).toEqual([]);
  });

  test("taken back is all that was charged, and nothing twice", () => {
    const first = usageLines(window, factsOf(covered(1, { eu: "10" })), before());
    const sealed = before(...first).linesOf("s1", 0);
    const back = takenBack(sealed, before(...first));
    expect(shown(back)).toEqual(["adjustment eu r1 -10 -1 0", "adjustment all r1 -10 -0.1 0"]);
    expect(takenBack(sealed, before(...back))).toEqual([]);
  });
});
