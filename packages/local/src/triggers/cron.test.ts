import { describe, expect, test } from "vitest";
import { readSchedule } from "./cron.ts";

const at = (text: string): number => Date.parse(text);
const start = at("2026-11-22T21:00:00Z");

describe("readSchedule", () => {
  test.for([
    { expression: "rate(5 minutes)", after: "2026-11-22T21:00:00Z", next: "2026-11-22T21:05:00Z" },
    { expression: "rate(5 minutes)", after: "2026-11-22T21:07:12Z", next: "2026-11-22T21:10:00Z" },
    { expression: "rate(1 hour)", after: "2026-11-22T22:30:00Z", next: "2026-11-22T23:00:00Z" },
    { expression: "rate(1 day)", after: "2026-11-22T21:00:00Z", next: "2026-11-23T21:00:00Z" },
    { expression: "cron(10 * * * ? *)", after: "2026-11-22T21:09:59Z", next: "2026-11-22T21:10:00Z" },
    { expression: "cron(10 * * * ? *)", after: "2026-11-22T21:10:00Z", next: "2026-11-22T22:10:00Z" },
    { expression: "cron(0/5 * * * ? *)", after: "2026-11-22T21:58:00Z", next: "2026-11-22T22:00:00Z" },
    { expression: "cron(15 10 ? * 6L 2026-2027)", after: "2026-11-22T00:00:00Z", next: "2026-11-27T10:15:00Z" },
    { expression: "cron(0 8 ? * MON-FRI *)", after: "2026-11-22T21:00:00Z", next: "2026-11-23T08:00:00Z" },
    { expression: "cron(0 8 ? * 1 *)", after: "2026-11-22T21:00:00Z", next: "2026-11-29T08:00:00Z" },
    { expression: "cron(0 0 L * ? *)", after: "2026-11-22T21:00:00Z", next: "2026-11-30T00:00:00Z" },
    { expression: "cron(0 9 ? * 2#1 *)", after: "2026-11-22T21:00:00Z", next: "2026-12-07T09:00:00Z" },
    { expression: "cron(0 12 1 JAN ? 2027)", after: "2026-11-22T21:00:00Z", next: "2027-01-01T12:00:00Z" },
  ])("$expression after $after fires at $next", ({ expression, after, next }) => {
    expect(readSchedule(expression, start)(at(after))).toBe(at(next));
  });

  test("a schedule in the past never fires again", () => {
    expect(readSchedule("cron(0 12 1 1 ? 2020)", start)(start)).toBeUndefined();
  });

  test.for([
    "rate(0 minutes)",
    "rate(5 seconds)",
    "rate(5)",
    "cron(* * * * *)",
    "cron(0 0 1 * 1 *)",
    "cron(0 0 * * * *)",
    "cron(61 * * * ? *)",
    "every 5 minutes",
  ])("%s is refused, as EventBridge refuses it", (expression) => {
    expect(() => readSchedule(expression, start)).toThrow();
  });
});
