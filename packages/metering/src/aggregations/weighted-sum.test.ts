import { describe, expect, test } from "vitest";
import { august, day, hour, sample, valued, windowOf } from "./samples.fixture.ts";
import { weightedSum } from "./weighted-sum.ts";

const at = (value: number | string, time: number) => sample(value, { time: august + time });
const anHour = windowOf(august, august + hour);

describe("weighted_sum", () => {
  test.for([
    { samples: [], before: [], value: "0", why: "nothing is nought" },
    { samples: [at(1000, 0)], before: [], value: "1000", why: "what holds all the time counts whole" },
    { samples: [at(10, hour / 2)], before: [], value: "5", why: "half the time, half the value" },
    { samples: [at(10, 0), at(-10, hour / 4)], before: [], value: "2.5", why: "until it is taken away" },
    { samples: [], before: [at(7, -day)], value: "7", why: "what came before is carried in" },
    { samples: [at(-7, hour / 2)], before: [at(7, -day)], value: "3.5", why: "and ends in the window" },
    { samples: [at(3600, hour - 1000)], before: [], value: "1", why: "a second of it" },
    { samples: [at(3600, hour - 1)], before: [], value: "0.001", why: "and a thousandth of one" },
    {
      samples: [at(1, hour * (2 / 3))],
      before: [],
      value: "0.333333333333333333",
      why: "divided once, to 18 decimals",
    },
  ])("is $value: $why", ({ samples, before, value }) => {
    expect(valued(weightedSum, samples, { window: anHour, before })).toBe(value);
  });

  test("divides a part of a period by the whole of it", () => {
    const half = windowOf(august, august + hour, { whole: { from: august, to: august + 2 * hour } });
    expect(valued(weightedSum, [at(10, 0)], { window: half })).toBe("5");
  });
});
