import type { Cell, MeterSet, Tally } from "@farthing/metering";
import { decimal } from "@farthing/money";
import { describe, expect, test } from "vitest";
import { eventsWith, isPriced } from "./priced-cells.ts";
import { bytes, flat, planOf, requests } from "./world.fixture.ts";

const meters: MeterSet = { revision: 1, meters: [bytes, requests] };
const cell = (meter: string, ...group: (string | null)[]): Cell => ({ meter, group, state: "1" });
const unitPrice = decimal("1");
const plan = planOf("p", {
  prices: [
    { key: "eu", model: "per_unit", meter: "bytes", unitPrice, group: { region: "eu" } },
    { key: "gone", model: "per_unit", meter: "gone", unitPrice },
    flat("1", "in_advance"),
  ],
});

describe("isPriced", () => {
  test.for([
    { cell: cell("bytes", "eu"), priced: true, why: "a price takes its group" },
    { cell: cell("bytes", "us"), priced: false, why: "no price takes that group" },
    { cell: cell("bytes", null), priced: false, why: "nor an event without one" },
    { cell: cell("requests"), priced: false, why: "no price is on the meter" },
    { cell: cell("gone"), priced: false, why: "the meter is not in the set" },
    { cell: cell("charge", "USD"), priced: true, why: "a direct charge is its own price" },
  ])("of $cell.meter $cell.group is $priced: $why", ({ cell: one, priced }) => {
    expect(isPriced(one, [{ plan }], meters)).toBe(priced);
  });

  test("without a plan takes direct charges alone", () => {
    expect(isPriced(cell("charge", "USD"), [], meters)).toBe(true);
    expect(isPriced(cell("bytes", "eu"), [], meters)).toBe(false);
  });
});

test("events are counted once, however many of their cells are taken", () => {
  const tally: Tally = {
    cells: [cell("a"), cell("b"), cell("c")],
    cohorts: [
      { cells: [], events: 1 },
      { cells: [0], events: 2 },
      { cells: [0, 1], events: 4 },
      { cells: [2], events: 8 },
    ],
  };
  const taken = (...keys: string[]) => eventsWith(tally, ({ meter }) => keys.includes(meter));
  expect([taken(), taken("a"), taken("b"), taken("a", "b"), taken("a", "b", "c")]).toEqual([0, 6, 4, 6, 14]);
});
