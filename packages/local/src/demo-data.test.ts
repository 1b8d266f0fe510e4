import { describe, expect, test } from "vitest";
import { demoCustomers, demoEvents, demoHours, demoMeters } from "./demo-data.ts";

const endMs = Date.parse("2026-11-22T21:00:00Z");
const events = demoEvents(endMs);

describe("the demo's week", () => {
  test("is the same for the same hour", () => {
    expect(demoEvents(endMs)).toEqual(events);
  });

  test("lies in the week before, in order of time", () => {
    const times = events.map(({ time }) => Date.parse(String(time)));
    expect(times).toEqual(times.toSorted((a, b) => a - b));
    expect(times[0]).toBeGreaterThanOrEqual(endMs - demoHours * 3_600_000);
    expect(times.at(-1)).toBeLessThan(endMs);
  });

  test("gives each event an identity of its own", () => {
    expect(new Set(events.map(({ id, customer }) => `${customer} ${id}`)).size).toBe(events.length);
  });

  test("has every customer, every meter and direct charges", () => {
    expect(new Set(events.map(({ customer }) => customer))).toEqual(new Set(demoCustomers.map(({ id }) => id)));
    const types = new Set(events.map(({ type }) => type));
    for (const { eventType } of Object.values(demoMeters)) expect(types).toContain(eventType);
    expect(types).toContain("charge");
  });
});
