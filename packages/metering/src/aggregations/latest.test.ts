import { describe, expect, test } from "vitest";
import { latest } from "./latest.ts";
import { august, sample, valued } from "./samples.fixture.ts";

const at = (value: number, time: number, id = "a") => sample(value, { time: august + time, id });

describe("latest", () => {
  test.for([
    { samples: [], value: null, why: "nothing has none" },
    { samples: [at(10, 5), at(77, 12), at(22, 8)], value: "77", why: "by the time of the event, not of its arrival" },
    { samples: [at(1, 5, "b"), at(2, 5, "a")], value: "1", why: "at one time the last id counts" },
    { samples: [at(2, 5, "a"), at(1, 5, "b")], value: "1", why: "in any order" },
    { samples: [at(1, 5), at(2, 5)], value: "2", why: "of two sources with one id the larger value" },
    { samples: [at(18, 1), at(-5, 2)], value: "-5", why: "a value below nought stays so" },
  ])("is $value: $why", ({ samples, value }) => {
    expect(valued(latest, samples)).toBe(value);
  });
});
