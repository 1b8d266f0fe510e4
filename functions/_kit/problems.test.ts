import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { problemReply } from "./problem.ts";
import { type ErrorCode, problems } from "./problems.ts";

const codes = Object.keys(problems) as ErrorCode[];
const statusOf = (code: ErrorCode) => problems[code].status;

describe("problems", () => {
  test.for<[ErrorCode, number, boolean]>([
    ["invalid_json", 400, false],
    ["invalid_encoding", 400, false],
    ["too_deep", 400, false],
    ["invalid_cursor", 400, false],
    ["invalid_signature", 400, false],
    ["not_collected", 409, false],
    ["unauthorized", 401, false],
    ["forbidden", 403, false],
    ["not_found", 404, false],
    ["method_not_allowed", 405, false],
    ["idempotency_conflict", 409, false],
    ["own_key", 409, false],
    ["too_many_webhooks", 409, false],
    ["webhook_disabled", 409, false],
    ["coupon_used", 409, false],
    ["coupon_expired", 409, false],
    ["coupon_exhausted", 409, false],
    ["backfill_closed", 409, false],
    ["period_open", 409, false],
    ["period_closed", 409, false],
    ["payload_too_large", 413, false],
    ["unsupported_media_type", 415, false],
    ["unsupported_encoding", 415, false],
    ["invalid_request", 422, false],
    ["invalid_event", 422, false],
    ["time_too_old", 422, false],
    ["time_in_future", 422, false],
    ["data_too_large", 422, false],
    ["invalid_amount", 422, false],
    ["same_identity", 422, false],
    ["expiry_in_past", 422, false],
    ["invalid_webhook_url", 422, false],
    ["too_scattered", 422, false],
    ["unknown_coupon", 422, false],
    ["unknown_currency", 422, false],
    ["unknown_customer", 422, false],
    ["unknown_group", 422, false],
    ["tiers_exhausted", 422, false],
    ["unknown_meter", 422, false],
    ["unknown_plan", 422, false],
    ["unknown_timezone", 422, false],
    ["too_many_requests", 429, true],
    ["internal", 500, true],
    ["try_again", 503, true],
  ])("%s is %i", ([code, status, retryable]) => {
    const reply = problemReply({ code });
    expect(reply.statusCode).toBe(status);
    expect(reply.headers["content-type"]).toBe("application/problem+json");
    expect(JSON.parse(reply.body)).toMatchObject({ type: `urn:farthing:problem:${code}`, code, status, retryable });
  });

  test.for(codes)("%s is snake_case and says something", (code) => {
    expect(code).toMatch(/^[a-z]+(_[a-z]+)*$/);
    expect(problems[code].detail).toMatch(/\.$/);
    expect(problems[code].title).toMatch(/^[A-Z]/);
  });

  test("those that pass by themselves say when to come again", () => {
    for (const code of codes) {
      const waits = statusOf(code) === 429 || statusOf(code) === 503;
      expect(problemReply({ code }).headers["retry-after"]).toBe(waits ? "1" : undefined);
    }
    expect(problemReply({ code: "too_many_requests", retryAfterSeconds: 7 }).headers["retry-after"]).toBe("7");
  });
});

test("the page on access tells each of them", () => {
  // The formatter pads a table's columns.
  const page = readFileSync(join(import.meta.dirname, "../../docs/access.md"), "utf8").replaceAll(/ +/g, " ");
  for (const code of codes) {
    expect(page).toContain(`| \`${code}\` | ${statusOf(code)} | ${problems[code].retryable ? "yes" : "no"} |`);
  }
});

describe("problemReply", () => {
  test("facts do not replace what every problem has", () => {
    const failure = { code: "unknown_plan", status: 200, title: "Fine", type: "x", plan: "pro" } as const;
    expect(JSON.parse(problemReply(failure).body)).toMatchObject({ status: 422, title: "Unknown plan", plan: "pro" });
  });

  test("a closer detail stands in for the table's", () => {
    expect(JSON.parse(problemReply({ code: "not_found", detail: "Gone." }).body).detail).toBe("Gone.");
  });
});
