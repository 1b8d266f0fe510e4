import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { ParsedEvent } from "./event.ts";
import { chargeMeter, type Meter, type MeterSet, metersOf } from "./meter.ts";
import { event, origin, requests, ten } from "./metering.fixture.ts";
import { emptyTally, type Tally } from "./tally.ts";
import { MeterReader, TallyBuilder } from "./tally-builder.ts";

const byPlace: Meter = { ...requests, key: "places", groupBy: ["region", "zone.name"] };
const sizes: Meter = { ...requests, key: "sizes", aggregation: "sum", value: "size", groupBy: ["region"] };
const all: MeterSet = { revision: 1, meters: [byPlace, requests, sizes] };

function tallyOf(events: readonly ParsedEvent[], set: MeterSet = all): Tally {
  const builder = new TallyBuilder(set);
  if (events.length > 0) {
    const { bundle } = origin(events);
    const reader = new MeterReader(bundle, metersOf(set));
    for (let row = 0; row < bundle.count; row++) builder.addRow(reader, row);
  }
  return builder.build();
}

function merged(tallies: readonly Tally[], set: MeterSet = all): Tally {
  const builder = new TallyBuilder(set);
  for (const tally of tallies) builder.merge(tally);
  return builder.build();
}

const text = ({ cells, cohorts }: Tally) => ({
  cells: cells.map(({ meter, group, state }) => [meter, ...group, state].map(String).join(" ")),
  cohorts: cohorts.map((cohort) => `${cohort.cells.join("+")}: ${cohort.events}`),
});

describe("a tally", () => {
  test.for<{ data: ParsedEvent["data"]; type?: string; cells: string[]; cohorts: string[]; why: string }>([
    {
      data: { region: "eu", zone: { name: "a" }, size: 2 },
      cells: ["places eu a 1", "requests 1", "sizes eu 2"],
      cohorts: ["0+1+2: 1"],
      why: "an event adds to every meter of its type",
    },
    {
      data: { zone: {}, size: "0.5" },
      cells: ["places null null 1", "requests 1", "sizes null 0.5"],
      cohorts: ["0+1+2: 1"],
      why: "a group that an event lacks is null, and text counts as a number",
    },
    {
      data: { region: null, zone: [], size: 1 },
      cells: ["places null null 1", "requests 1", "sizes null 1"],
      cohorts: ["0+1+2: 1"],
      why: "null and lists name no group",
    },
    {
      data: { region: 7, zone: { name: true }, size: 1 },
      cells: ["places 7 true 1", "requests 1", "sizes 7 1"],
      cohorts: ["0+1+2: 1"],
      why: "numbers and booleans name groups",
    },
    {
      data: { region: "eu", zone: { name: "a" }, size: "many" },
      cells: ["places eu a 1", "requests 1"],
      cohorts: ["0+1: 1"],
      why: "what is no number adds to no sum",
    },
    {
      data: { region: "eu" },
      cells: ["places eu null 1", "requests 1"],
      cohorts: ["0+1: 1"],
      why: "nor does what is missing",
    },
    { type: "other", data: { size: 1 }, cells: [], cohorts: [": 1"], why: "an event that no meter takes is unmetered" },
    {
      type: "charge",
      data: { amount: "0.0004", currency: "USD" },
      cells: [`${chargeMeter.key} USD 0.0004`],
      cohorts: ["0: 1"],
      why: "a direct charge has a meter of its own",
    },
  ])("of one event: $why", ({ data, type = "request", cells, cohorts }) => {
    expect(text(tallyOf([event("a", ten, { type, data })]))).toEqual({ cells, cohorts });
  });

  test("of no events is empty", () => {
    expect(tallyOf([])).toEqual(emptyTally);
    expect(merged([])).toEqual(emptyTally);
  });

  test("loses cells of meters that the set lacks, but no events", () => {
    const tally = tallyOf([event("a", ten, { data: { size: 1 } }), event("b", ten, { type: "other" })]);
    const less = merged([tally], { revision: 2, meters: [sizes] });
    expect(text(less)).toEqual({ cells: ["sizes null 1"], cohorts: [": 1", "0: 1"] });
    expect(text(merged([tally], { revision: 3, meters: [] }))).toEqual({ cells: [], cohorts: [": 2"] });
  });
});

const groups = fc.oneof(
  fc.constantFrom("eu", "us", "", "null", "\u0000", "\u0001", "a\u0001b", "\u0001b", "1:a", "\u0002"),
  fc.constant(null),
);
const events: fc.Arbitrary<ParsedEvent> = fc
  .record({
    type: fc.constantFrom("request", "request", "request", "other"),
    region: groups,
    name: groups,
    size: fc.oneof(fc.integer({ min: -5, max: 5 }), fc.constantFrom("0.25", "x")),
  })
  .map(({ type, region, name, size }) => event("e", ten, { type, data: { region, zone: { name }, size } }));
const many = fc.array(events, { maxLength: 10 });

describe("tallies of any events", () => {
  test("merge to the tally of all, in any order and any batches", () => {
    fc.assert(
      fc.property(fc.array(many, { maxLength: 4 }), (batches) => {
        const whole = tallyOf(batches.flat());
        const parts = batches.map((batch) => tallyOf(batch));
        expect(merged(parts)).toEqual(whole);
        expect(merged(parts.toReversed())).toEqual(whole);
        expect(merged([merged(parts.slice(0, 2)), merged(parts.slice(2))])).toEqual(whole);
        expect(tallyOf(batches.flat().toReversed())).toEqual(whole);
      }),
      { numRuns: 60, seed: 1 },
    );
  });

  test("keep groups apart whatever their names, and count each event in one cohort", () => {
    fc.assert(
      fc.property(many, (list) => {
        const { cells, cohorts } = tallyOf(list);
        const requested = list.filter(({ type }) => type === "request");
        const places = requested.map(({ data }) => {
          const { name } = data.zone as { readonly name: string | null };
          return JSON.stringify([data.region, name]);
        });
        const found = cells.filter(({ meter }) => meter === "places");
        expect(found.map(({ group }) => JSON.stringify(group)).sort()).toEqual([...new Set(places)].sort());
        for (const { group, state } of found) {
          expect(Number(state)).toBe(places.filter((place) => place === JSON.stringify(group)).length);
        }
        expect(cohorts.reduce((sum, cohort) => sum + cohort.events, 0)).toBe(list.length);
      }),
      { numRuns: 100, seed: 2 },
    );
  });
});
