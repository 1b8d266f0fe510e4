import { describe, expect, test } from "vitest";
import { assertStage, isThrowaway } from "./stage.ts";

describe("isThrowaway", () => {
  test.for([
    { stage: "local", throwaway: true },
    { stage: "test", throwaway: true },
    { stage: "dev", throwaway: true },
    { stage: "dev-ada", throwaway: true },
    { stage: "pr-17", throwaway: true },
    { stage: "prod", throwaway: false },
    { stage: "staging", throwaway: false },
    { stage: "device", throwaway: false },
    { stage: "prod-dev", throwaway: false },
  ])("$stage: $throwaway", ({ stage, throwaway }) => {
    expect(isThrowaway(stage)).toBe(throwaway);
  });
});

describe("assertStage", () => {
  test.for(["a", "prod", "dev-ada", "a2345678901234567890"])("takes %s", (stage) => {
    expect(() => assertStage(stage)).not.toThrow();
  });

  test.for(["", "Prod", "1st", "-x", "a_b", "a23456789012345678901", "prod\n"])("refuses %j", (stage) => {
    expect(() => assertStage(stage)).toThrow(`The stage "${stage}" is not`);
  });
});
