import { describe, expect, test } from "vitest";
import { JavaMissing, javaMajor, requireJava } from "./java.ts";

describe("javaMajor", () => {
  test.for([
    { printed: 'openjdk version "17.0.15" 2025-04-15', major: 17 },
    { printed: 'java version "1.8.0_392"', major: 8 },
    { printed: 'openjdk version "21" 2023-09-19', major: 21 },
    { printed: 'openjdk version "11.0.2-ea" 2019-01-15', major: 11 },
    { printed: "something else", major: undefined },
  ])("reads $major from $printed", ({ printed, major }) => {
    expect(javaMajor(printed)).toBe(major);
  });
});

test("a missing Java gets one sentence that says both ways out", async () => {
  const refused = requireJava("/nowhere/java");
  await expect(refused).rejects.toThrow(JavaMissing);
  await expect(refused).rejects.toThrow(/version 11 or later.*FARTHING_DYNAMODB_ENDPOINT/);
});
