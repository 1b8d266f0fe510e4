import { describe, expect, test } from "vitest";
import { readArguments } from "./arguments.ts";
import { costOf } from "./cost.ts";
import { prices2026 } from "./prices.ts";
import { totalUnits, unitsOf } from "./units.ts";

const workload = { events: 1_000_000, batch: 500, customersAnHour: 1000, eventsACustomerHour: 100 };
const free = {
  ...prices2026,
  perMillionHttpRequests: 0,
  perMillionInvocations: 0,
  perGbSecond: 0,
  perMillionMessages: 0,
};

describe("costOf", () => {
  test("is units times prices where nothing else has a price", () => {
    const { write, read } = totalUnits(unitsOf(workload));
    expect(costOf(workload, free).total).toBeCloseTo((write * 0.625 + read * 0.125) / 1e6, 12);
  });

  test("charges the gateway for each request", () => {
    const requests = { ...free, perMillionWriteUnits: 0, perMillionReadUnits: 0, perMillionHttpRequests: 1 };
    expect(costOf(workload, requests).total).toBeCloseTo(2000 / 1e6, 12);
  });

  test.for([
    { why: "larger requests", change: { batch: 50 } },
    { why: "fewer customers with more events each", change: { customersAnHour: 10_000, eventsACustomerHour: 10 } },
  ])("a million events cost less in $why", ({ change }) => {
    const dearer = costOf({ ...workload, ...change }, prices2026).perMillionEvents;
    expect(costOf(workload, prices2026).perMillionEvents).toBeLessThan(dearer);
  });

  test("grows with the events by no more than their share", () => {
    const twice = costOf({ ...workload, events: 2_000_000 }, prices2026).total;
    expect(twice).toBeLessThanOrEqual(2 * costOf(workload, prices2026).total);
  });
});

describe("readArguments", () => {
  const file = JSON.stringify({ ...prices2026, asOf: "2027-01-31", perMillionWriteUnits: 0.5 });

  test("has a workload and prices to begin with", () => {
    expect(readArguments([])).toEqual({ ok: true, value: { workload, prices: prices2026 } });
  });

  test("takes what it is told", () => {
    const argv = ["--events", "5000", "--customers=7", "--per-customer-hour", "9", "--batch", "10000", "--prices", "p"];
    const told = { events: 5000, customersAnHour: 7, eventsACustomerHour: 9, batch: 10_000 };
    const prices = { ...prices2026, asOf: "2027-01-31", perMillionWriteUnits: 0.5 };
    expect(readArguments(argv, () => file)).toEqual({ ok: true, value: { workload: told, prices } });
  });

  test.for([
    { argv: ["--events", "0"], says: "--events is no whole number above 0" },
    { argv: ["--events", "1e6"], says: "--events is no whole number" },
    { argv: ["--customers", "-1"], says: "customers" },
    { argv: ["--batch", "10001"], says: "--batch is more than 10000" },
    { argv: ["--per-customer-hour", "2.5"], says: "--per-customer-hour is no whole number" },
    { argv: ["--event", "1"], says: "--event" },
    { argv: ["1000"], says: "1000" },
    { argv: ["--prices", "p"], file: "{", says: "--prices p:" },
    { argv: ["--prices", "p"], file: '{"asOf":"2026-11"}', says: "--prices p:" },
    { argv: ["--prices", "p"], file: file.replace("0.5", "-0.5"), says: "--prices p:" },
  ])("refuses $argv", ({ argv, file: content = "", says }) => {
    const read = readArguments(argv, () => content);
    expect(read).toMatchObject({ ok: false, error: { code: "bad_argument", message: expect.stringContaining(says) } });
  });
});
