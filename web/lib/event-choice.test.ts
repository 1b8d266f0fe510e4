import { describe, expect, test } from "vitest";
import { eventChoice, pageOfLink } from "./event-choice.ts";

const now = "2026-11-22T12:34:00Z";

describe("eventChoice", () => {
  test("asks for the last 24 hours where the address names no range", () => {
    const { range, filter, live, named } = eventChoice({}, "UTC", now);
    expect(range.id).toBe("24h");
    expect(filter).toEqual({ from: "2026-11-21T13:00:00Z", to: "2026-11-22T13:00:00Z", limit: 50 });
    expect([live, named]).toEqual([false, []]);
  });

  test("takes filters, two exact moments and a cursor", () => {
    const query = { since: "2026-11-01T00:00:00Z", until: "2026-11-01T01:00:00Z", customer: "a", outcome: "billed" };
    const { filter, named } = eventChoice({ ...query, cursor: "c", live: "1" }, "UTC", now);
    expect(filter).toEqual({
      customer: "a",
      outcome: "billed",
      from: query.since,
      to: query.until,
      limit: 50,
      cursor: "c",
    });
    expect(named).toEqual([
      ["customer", "a"],
      ["outcome", "billed"],
    ]);
  });

  test.for([
    { query: { verdict: "lost", outcome: "gone" }, why: "words that are no verdict" },
    { query: { since: "2026-11-02T00:00:00Z", until: "2026-11-01T00:00:00Z" }, why: "moments in the wrong order" },
    { query: { since: "x", until: "y" }, why: "moments that are none" },
  ])("passes over $why", ({ query }) => {
    expect(eventChoice(query, "UTC", now).filter).toEqual(eventChoice({}, "UTC", now).filter);
  });
});

test("the link of a report becomes the page's own query", () => {
  expect(pageOfLink("/v1/events?from=a&to=b&customer=c%3Ad&meter=m")).toEqual({
    since: "a",
    until: "b",
    customer: "c:d",
    meter: "m",
  });
});
