import { describe, expect, test } from "vitest";
import { august, day, hour, sample, valued, windowOf } from "./samples.fixture.ts";
import { sumProrated } from "./sum-prorated.ts";

const at = (value: number | string, time: number) => sample(value, { time: august + time });

describe("sum_prorated", () => {
  test.for([
    { samples: [], before: [], value: "0", why: "nothing is nought" },
    { samples: [at(31, 0)], before: [], value: "31", why: "of the first day, whole" },
    { samples: [at(31, day - 1)], before: [], value: "31", why: "at any time of it" },
    { samples: [at(31, day)], before: [], value: "30", why: "of the second day, one day less" },
    { samples: [at(31, 31 * day - 1)], before: [], value: "1", why: "of the last day, one day" },
    {
      samples: [at(-31, day)],
      before: [at(31, -9 * day)],
      value: "1",
      why: "carried in whole, and taken away for the rest",
    },
    { samples: [at(1, 21 * day)], before: [], value: "0.322580645161290323", why: "divided once, to 18 decimals" },
  ])("is $value: $why", ({ samples, before, value }) => {
    expect(valued(sumProrated, samples, { before })).toBe(value);
  });

  test("counts days by the clocks of the window's zone", () => {
    const zone = { timezone: "Asia/Kolkata" };
    const window = windowOf(august - 5.5 * hour, august - 5.5 * hour + 31 * day, zone);
    expect(valued(sumProrated, [at(31, 19 * hour)], { window })).toBe("30");
    expect(valued(sumProrated, [at(31, 18 * hour)], { window })).toBe("31");
  });

  test("counts a day of 23 hours as one", () => {
    const march = Date.UTC(2025, 2, 1, 8);
    const window = windowOf(march, march + 31 * day - hour, { timezone: "America/Los_Angeles" });
    expect(valued(sumProrated, [sample(31, { time: march + 9 * day })], { window })).toBe("22");
  });

  test("divides a part of a period by the days of the whole", () => {
    const window = windowOf(august + 21 * day, august + 31 * day, { whole: windowOf() });
    expect(valued(sumProrated, [], { window, before: [at(31, 0)] })).toBe("10");
  });
});
