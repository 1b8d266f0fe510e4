import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { delayAfter, retryDelays } from "./retry-schedule.ts";

const hour = 3_600_000;

describe("delayAfter", () => {
  test("leads over ten attempts and three days", () => {
    const sum = retryDelays.reduce((all, one) => all + one, 0);
    expect(retryDelays).toHaveLength(9);
    expect(sum).toBeGreaterThan(72 * hour);
    expect(sum).toBeLessThan(96 * hour);
    expect([...retryDelays].sort((a, b) => a - b)).toEqual(retryDelays);
  });

  test("is the step and up to a fifth more, and the same each time", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 9 }), fc.string(), (attempt, name) => {
        const delay = delayAfter(attempt, name) ?? Number.NaN;
        const step = retryDelays[attempt - 1] ?? Number.NaN;
        expect(delay).toBeGreaterThanOrEqual(step);
        expect(delay).toBeLessThanOrEqual(step * 1.2);
        expect(delayAfter(attempt, name)).toBe(delay);
      }),
    );
  });

  test("differs between deliveries", () => {
    const delays = Array.from({ length: 100 }, (_, index) => delayAfter(3, `delivery ${index}`));
    expect(new Set(delays).size).toBeGreaterThan(90);
  });

  test.for([
    { attempt: 9, goesOn: true },
    { attempt: 10, goesOn: false },
    { attempt: 0, goesOn: false },
  ])("goes on after attempt $attempt: $goesOn", ({ attempt, goesOn }) => {
    expect(delayAfter(attempt, "x") !== undefined).toBe(goesOn);
  });
});
