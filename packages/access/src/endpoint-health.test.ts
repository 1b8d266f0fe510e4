import { merchantId } from "@farthing/money";
import { describe, expect, test } from "vitest";
import { afterResult, enabled, failingMs } from "./endpoint-health.ts";
import { webhookFixture } from "./webhooks.fixture.ts";

const now = Date.UTC(2026, 10, 26);
const healthy = webhookFixture({ merchant: merchantId("m") });

describe("afterResult", () => {
  test.for([
    { name: "a success", failingSince: undefined, result: "succeeded", changes: undefined },
    { name: "a first failure", failingSince: undefined, result: "failed", changes: { failingSince: now } },
    { name: "a success after failures", failingSince: now - 5, result: "succeeded", changes: { enabled: true } },
    { name: "a failure short of five days", failingSince: now - failingMs + 1, result: "failed", changes: undefined },
    {
      name: "a failure after five days",
      failingSince: now - failingMs,
      result: "failed",
      changes: { enabled: false, disabledReason: "failing", disabledAt: now, failingSince: now - failingMs },
    },
    {
      name: "410",
      failingSince: undefined,
      result: "gone",
      changes: { enabled: false, disabledReason: "gone", disabledAt: now },
    },
  ] as const)("$name changes $changes", ({ failingSince, result, changes }) => {
    const before = failingSince === undefined ? healthy : { ...healthy, failingSince };
    const after = afterResult(before, result, now);
    if (changes === undefined) return expect(after).toBe(before);
    expect(after).toMatchObject({ ...changes, revision: before.revision + 1, updatedAt: now });
    if (result === "succeeded") expect(after).not.toHaveProperty("failingSince");
  });

  test("of a disabled endpoint changes nothing", () => {
    const gone = afterResult(healthy, "gone", now);
    for (const result of ["succeeded", "failed", "gone"] as const) expect(afterResult(gone, result, now)).toBe(gone);
  });

  test("is forgotten when the endpoint is enabled again", () => {
    const failing = afterResult({ ...healthy, failingSince: now - failingMs }, "failed", now);
    const again = enabled(failing, now + 1);
    expect(again).toEqual({ ...healthy, revision: healthy.revision + 2, updatedAt: now + 1 });
    expect(afterResult(again, "failed", now + 2)).toMatchObject({ enabled: true, failingSince: now + 2 });
  });
});
