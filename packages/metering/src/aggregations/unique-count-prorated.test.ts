import { describe, expect, test } from "vitest";
import { august, day, hour, sample, valued, windowOf } from "./samples.fixture.ts";
import { uniqueCountProrated } from "./unique-count-prorated.ts";

const window = windowOf(august, august + 10 * day);
const add = (text: string, time: number) => sample(text, { time: august + time });
const remove = (text: string, time: number) => sample(text, { time: august + time, removes: true });

describe("unique_count_prorated", () => {
  test.for([
    { samples: [], before: [], value: "0", why: "nothing is nought" },
    { samples: [], before: [add("a", -40 * day)], value: "1", why: "what came before is there all the time" },
    { samples: [], before: [add("a", -40 * day), remove("a", -30 * day)], value: "0", why: "unless it went" },
    { samples: [add("a", 4 * day)], before: [], value: "0.6", why: "from its day on, that day included" },
    {
      samples: [add("a", 0), remove("a", 4 * day)],
      before: [],
      value: "0.5",
      why: "to the day that it goes, included",
    },
    { samples: [remove("a", 4 * day)], before: [add("a", -1)], value: "0.5", why: "also what came before" },
    {
      samples: [add("a", 0), remove("a", 1), add("a", 2), remove("a", 3)],
      before: [],
      value: "0.1",
      why: "a day counts once",
    },
    {
      samples: [add("a", 0), remove("a", 1), add("a", 2 * day), remove("a", 2 * day + 1), add("a", 9 * day)],
      before: [],
      value: "0.3",
      why: "on three days",
    },
    { samples: [add("a", 0), add("a", 5 * day)], before: [], value: "1", why: "to add what is there changes nothing" },
    { samples: [remove("a", day)], before: [], value: "0", why: "nor does to take away what is not" },
    { samples: [add("a", day), remove("a", day)], before: [], value: "0.1", why: "at one instant the removal is last" },
    { samples: [add("a", 0), add("b", 5 * day)], before: [add("c", -day)], value: "2.5", why: "each value apart" },
  ])("is $value: $why", ({ samples, before, value }) => {
    expect(valued(uniqueCountProrated, samples, { window, before })).toBe(value);
  });

  test("counts days by the clocks of the window's zone", () => {
    const [from, to] = [august - 2 * hour, august + 10 * day - 2 * hour];
    const zone = windowOf(from, to, { timezone: "Europe/Berlin" });
    expect(valued(uniqueCountProrated, [add("a", day - hour)], { window: zone })).toBe("0.9");
  });
});
