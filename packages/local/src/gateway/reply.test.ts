import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { replyOf } from "./reply.ts";

describe("replyOf", () => {
  test.for([
    { payload: { hello: 1 }, status: 200, type: "application/json", body: '{"hello":1}' },
    { payload: "text", status: 200, type: "application/json", body: "text" },
    { payload: null, status: 200, type: "application/json", body: "null" },
    { payload: { statusCode: 204 }, status: 204, type: "text/plain;charset=UTF-8", body: "" },
    { payload: { statusCode: "202", body: "x" }, status: 202, type: "text/plain;charset=UTF-8", body: "x" },
    {
      payload: { statusCode: 422, headers: { "Content-Type": "application/problem+json" }, body: "{}" },
      status: 422,
      type: "application/problem+json",
      body: "{}",
    },
  ])("answers $status for $payload", ({ payload, status, type, body }) => {
    const reply = replyOf(payload);
    expect([reply?.status, reply?.headers["content-type"], reply?.body]).toEqual([status, type, body]);
  });

  test("decodes base64, writes cookies, and measures the body itself", () => {
    const reply = replyOf({
      statusCode: 200,
      headers: { "Content-Length": "99", "X-Count": 3, "X-None": null },
      cookies: ["a=1", "b=2"],
      body: "aGk=",
      isBase64Encoded: true,
    });
    expect(Buffer.from(reply?.body ?? "").toString()).toBe("hi");
    expect(reply?.headers).toEqual({
      "content-type": "text/plain;charset=UTF-8",
      "x-count": "3",
      "set-cookie": ["a=1", "b=2"],
    });
  });

  test.for([
    { payload: { statusCode: 99 } },
    { payload: { statusCode: 600 } },
    { payload: { statusCode: "ok" } },
    { payload: { statusCode: 200, body: { not: "text" } } },
    { payload: { statusCode: 200, body: "x".repeat(6 * 1024 * 1024 + 1) } },
  ])("makes no answer of what the gateway could not send", ({ payload }) => {
    expect(replyOf(payload)).toBeUndefined();
  });

  test("reads whatever a function may return", () => {
    const payload = fc.oneof(
      fc.jsonValue(),
      fc.record({ statusCode: fc.anything(), headers: fc.anything(), body: fc.anything() }),
    );
    fc.assert(
      fc.property(payload, (returned) => {
        const reply = replyOf(returned);
        if (reply !== undefined) expect(reply.status).toBeGreaterThanOrEqual(100);
      }),
    );
  });
});
