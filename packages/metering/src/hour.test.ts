import fc from "fast-check";
import { expect, test } from "vitest";
import { hourEnd, hourMs, hourOf, hourPlus, hourStart } from "./hour.ts";

const instants = fc.integer({ min: -8_640_000_000_000_000, max: 8_640_000_000_000_000 });

test.for([
  { time: 0, hour: 0, why: "the first instant" },
  { time: hourMs - 1, hour: 0, why: "the last one" },
  { time: hourMs, hour: 1, why: "the next hour begins" },
  { time: -1, hour: -1, why: "before 1970" },
  { time: -hourMs, hour: -1, why: "hours are floored, not cut" },
])("$time ms is in hour $hour: $why", ({ time, hour }) => {
  expect(hourOf(time)).toBe(hour);
});

test("an instant lies in one hour: from its start to before its end", () => {
  fc.assert(
    fc.property(instants, fc.integer({ min: -1000, max: 1000 }), (time, count) => {
      const hour = hourOf(time);
      expect(hourStart(hour) <= time && time < hourEnd(hour)).toBe(true);
      expect(hourEnd(hour)).toBe(hourStart(hourPlus(hour, 1)));
      expect(hourOf(hourStart(hour) + count * hourMs)).toBe(hourPlus(hour, count));
    }),
    { seed: 1 },
  );
});
