import type { Meter } from "@farthing/sdk";
import { expect, test } from "vitest";
import { usageChoice } from "./usage-choice.ts";

const at = "2026-11-01T00:00:00Z";
const requests: Meter = {
  key: "requests",
  eventType: "request",
  aggregation: "count",
  groupBy: ["region"],
  revision: 1,
  countsFrom: null,
  createdAt: at,
  updatedAt: at,
};
const tokens: Meter = { ...requests, key: "tokens", aggregation: "sum", groupBy: [] };
const options = { meters: [requests, tokens], zone: "UTC", now: "2026-11-22T12:00:00Z" };

test("without a meter there is nothing to choose", () => {
  expect(usageChoice({}, { ...options, meters: [] })).toBeUndefined();
});

test.for([
  { query: {}, meter: "requests", window: "day", by: undefined },
  { query: { meter: "tokens", by: "region" }, meter: "tokens", window: "day", by: undefined },
  { query: { meter: "requests", by: "region", window: "hour" }, meter: "requests", window: "hour", by: "region" },
  {
    query: { meter: "gone", by: "customer", range: "24h", window: "minute" },
    meter: "requests",
    window: "minute",
    by: "customer",
  },
])("$query shows $meter by $by in windows of a $window", ({ query, meter, window, by }) => {
  expect(usageChoice(query, options)).toMatchObject({ meter: { key: meter }, window, by });
});
