import { describe, expect, test } from "vitest";
import { readArguments } from "./arguments.ts";
import { usualPolicies } from "./policy-text.ts";

const whose = ["--url", "http://127.0.0.1:4510", "--key", "k"];

describe("readArguments", () => {
  test("compares the usual policies at the merchant's own fee where nothing else is said", () => {
    const read = readArguments(whose);
    expect(read).toMatchObject({ ok: true, value: { key: "k", fee: undefined } });
    expect(read.ok && read.value.policies.map(({ name }) => name)).toEqual(usualPolicies);
  });

  test("takes a fee and policies", () => {
    const read = readArguments([...whose, "--fee", "2.9+0.30", "every", "at=5,after=30"]);
    expect(read).toMatchObject({ ok: true, value: { fee: { percent: "2.9", fixed: "0.30" } } });
    expect(read.ok && read.value.policies.map(({ name }) => name)).toEqual(["every", "at=5,after=30"]);
  });

  test.for([
    { args: ["--help"], says: "--help" },
    { args: ["--url", "http://127.0.0.1:4510"], says: "--key" },
    { args: [...whose, "--fee", "2.9"], says: "--fee 2.9" },
    { args: [...whose, "often"], says: '"often"' },
  ])("refuses $args, and says why", ({ args, says }) => {
    const read = readArguments(args);
    expect(read).toMatchObject({ ok: false, error: { code: "bad_argument" } });
    expect(!read.ok && read.error.message).toContain(says);
  });
});
