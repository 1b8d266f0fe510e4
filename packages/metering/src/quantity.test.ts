import { decimal, formatDecimal } from "@farthing/money";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Meter } from "./meter.ts";
import { bytes, requests } from "./metering.fixture.ts";
import { type GroupMatch, groupValue, stateOf, takes } from "./quantity.ts";
import type { Cell, Tally } from "./tally.ts";

const places: Meter = { ...bytes, key: "places", groupBy: ["region", "zone"] };
const cell = (meter: string, state: string, ...group: (string | null)[]): Cell => ({ meter, group, state });
const tallyOf = (...cells: Cell[]): Tally => ({ cells, cohorts: [] });

const range = { from: 0, to: 1 };
const quantityOf = (all: readonly Tally[], meter: Meter, match?: GroupMatch) =>
  stateOf(all, meter, match).value({ ...range, whole: range, timezone: "UTC" });

const tallies = [
  tallyOf(cell("places", "1", "eu", "a"), cell("places", "2", "eu", "b"), cell("requests", "7")),
  tallyOf(cell("places", "0.5", "eu", "a"), cell("places", "4", null, "a"), cell("places", "8", "us", null)),
];

describe("stateOf", () => {
  test.for<{ match: GroupMatch; quantity: string; why: string }>([
    { match: {}, quantity: "15.5", why: "every group" },
    { match: { region: "eu" }, quantity: "3.5", why: "those of a region, whatever their zone" },
    { match: { zone: "a" }, quantity: "5.5", why: "those of a zone, also without a region" },
    { match: { region: "eu", zone: "a" }, quantity: "1.5", why: "those of both" },
    { match: { region: "null" }, quantity: "0", why: "a missing group has no name" },
    { match: { country: "fr" }, quantity: "0", why: "the meter has no such group" },
  ])("of $match is $quantity: $why", ({ match, quantity }) => {
    expect(quantityOf(tallies, places, match)).toEqual(decimal(quantity));
  });

  test("takes cells of its own meter alone", () => {
    expect(quantityOf(tallies, requests)).toEqual(decimal("7"));
    expect(quantityOf([], requests)).toEqual(decimal("0"));
    expect(takes(places, cell("requests", "1"), {})).toBe(false);
  });

  test("adds up over groups to the whole", () => {
    const cells = fc.array(
      fc
        .tuple(fc.constantFrom("eu", "us", null), fc.integer({ min: -9, max: 9 }))
        .map(([region, n]) => cell("bytes", String(n), region)),
    );
    fc.assert(
      fc.property(cells, (all) => {
        const of = (region: string) =>
          Number(formatDecimal(quantityOf([tallyOf(...all)], bytes, { region }) ?? decimal("0")));
        const whole = Number(formatDecimal(quantityOf([tallyOf(...all)], bytes) ?? decimal("0")));
        const nowhere = all.filter(({ group }) => group[0] === null).reduce((sum, { state }) => sum + Number(state), 0);
        expect(of("eu") + of("us") + nowhere).toBe(whole);
      }),
      { seed: 1 },
    );
  });
});

test.for([
  { path: "region", value: "eu" },
  { path: "zone", value: null },
  { path: "country", value: null },
])("the group $path is $value", ({ path, value }) => {
  expect(groupValue(places, ["eu", null], path)).toBe(value);
});
