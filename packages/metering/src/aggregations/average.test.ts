import { describe, expect, test } from "vitest";
import { average } from "./average.ts";
import { sample, valued } from "./samples.fixture.ts";

describe("average", () => {
  test.for([
    { values: [], value: null, why: "nothing has none" },
    { values: [10, 10, 10, 50], value: "20", why: "of events, not of averages" },
    { values: [20, 10, 10, 0], value: "10", why: "nought is a value" },
    { values: [1, 0, 0], value: "0.333333333333333333", why: "18 decimals" },
    { values: [2, 0, 0], value: "0.666666666666666667", why: "rounded to the nearest" },
    { values: ["0.000000000000000001", 0], value: "0", why: "a half to the even one below" },
    { values: ["0.000000000000000003", 0], value: "0.000000000000000002", why: "and to the even one above" },
    { values: [-1, 0, 0], value: "-0.333333333333333333", why: "below nought as above" },
  ])("of $values is $value: $why", ({ values, value }) => {
    expect(
      valued(
        average,
        values.map((one) => sample(one)),
      ),
    ).toBe(value);
  });
});
