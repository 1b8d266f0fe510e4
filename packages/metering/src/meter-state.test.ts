import { decimal } from "@farthing/money";
import { describe, expect, test } from "vitest";
import type { Meter } from "./meter.ts";
import { MeterRows } from "./meter-rows.ts";
import { MeterState } from "./meter-state.ts";
import { bytes, event, origin, requests, ten } from "./metering.fixture.ts";

const range = { from: ten, to: ten + 1_000 };
const second = { ...range, whole: range, timezone: "UTC" };
const biggest: Meter = { ...bytes, aggregation: "max" };

describe("MeterState", () => {
  test("folds events and cells alike, and is read back from its text", () => {
    const { bundle } = origin([event("a", ten, { data: { bytes: 7 } }), event("b", ten, { data: { bytes: 5 } })]);
    const rows = new MeterRows(bundle, biggest);
    const state = new MeterState(biggest);
    for (const row of [0, 1]) {
      const sample = rows.sampleAt(row);
      if (sample !== undefined) state.add(sample);
    }
    expect(state.value(second)).toEqual(decimal("7"));
    state.addCell({ meter: "bytes", group: [], state: "9" });
    expect(state.value(second)).toEqual(decimal("9"));
    expect(MeterState.read(biggest, state.text).value(second)).toEqual(decimal("9"));
  });

  test("goes its own way from a copy", () => {
    const state = MeterState.read({ aggregation: "unique_count" }, "aaaaaaaaaaaaaaaa");
    const copy = state.copy();
    copy.addCell({ meter: "users", group: [], state: "bbbbbbbbbbbbbbbb" });
    expect([state.value(second), copy.value(second)]).toEqual([decimal("1"), decimal("2")]);
    state.merge(copy);
    expect(state.value(second)).toEqual(decimal("2"));
  });

  test("throws on a cell that was not kept, rather than leave it out", () => {
    expect(() => new MeterState(requests).addCell({ meter: "requests", group: [], state: null })).toThrow("not kept");
  });

  test("values what is before its window where the aggregation carries it", () => {
    const level = { aggregation: "weighted_sum" } as const;
    expect(new MeterState(level).value(second, MeterState.read(level, "3@0"))).toEqual(decimal("3"));
    expect(new MeterState(requests).value(second, MeterState.read(requests, "3"))).toEqual(decimal("0"));
  });
});

describe("MeterRows", () => {
  const data = { bytes: "1.5", user: "u", op: "remove", region: "eu" };
  const { bundle } = origin([event("a", ten, { data }), event("b", ten, { data: {} }), event("c", ten, { type: "x" })]);

  test.for<{ meter: Partial<Meter>; sampled: boolean[]; why: string }>([
    { meter: { aggregation: "count" }, sampled: [true, true], why: "a count needs no value" },
    { meter: { aggregation: "sum", value: "bytes" }, sampled: [true, false], why: "a sum needs a number" },
    { meter: { aggregation: "sum", value: "user" }, sampled: [false, false], why: "text is none" },
    {
      meter: { aggregation: "unique_count", value: "user" },
      sampled: [true, false],
      why: "a count of values needs one",
    },
    { meter: { filter: { region: "eu" } }, sampled: [true, false], why: "a filter leaves events out" },
    { meter: { filter: { region: { exists: false } } }, sampled: [false, true], why: "or others" },
  ])("samples $sampled of two events: $why", ({ meter, sampled }) => {
    const rows = new MeterRows(bundle, { ...requests, ...meter });
    expect([0, 1].map((row) => rows.sampleAt(row) !== undefined)).toEqual(sampled);
  });

  test("tells type, groups, and what takes a value away", () => {
    const users = { ...requests, aggregation: "unique_count_prorated", value: "user", operation: "op" } as const;
    const rows = new MeterRows(bundle, { ...users, groupBy: ["region"] });
    expect([0, 2].map((row) => rows.takesType(row))).toEqual([true, false]);
    expect([rows.groupAt(0), rows.groupsAt(1)]).toEqual([["eu"], { region: null }]);
    expect(rows.sampleAt(0)).toMatchObject({ text: "u", removes: true, time: ten, id: "a" });
    expect(new MeterRows(bundle, { ...users, value: "region" }).sampleAt(0)?.removes).toBe(true);
  });
});
