import { expect, test } from "vitest";
import { err, expectOk, ok } from "./result.ts";

test("a result holds a value or a failure", () => {
  expect([ok(1), err({ code: "not_found" })]).toEqual([
    { ok: true, value: 1 },
    { ok: false, error: { code: "not_found" } },
  ]);
});

test("a failure that would be a broken invariant throws with its code", () => {
  expect(expectOk(ok(1))).toBe(1);
  expect(() => expectOk(err({ code: "not_found" }))).toThrow("not_found");
});
