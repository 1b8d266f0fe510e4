import { describe, expect, test } from "vitest";
import { gatewayTime, httpEvent, type RequestFacts, travelsAsBase64 } from "./http-event.ts";

const facts: RequestFacts = {
  method: "POST",
  path: "/v1/events",
  rawQuery: "",
  protocol: "HTTP/1.1",
  headers: { host: "127.0.0.1:4510", "user-agent": "test" },
  sourceIp: "127.0.0.1",
  port: 4510,
  routeKey: "POST /v1/events",
  parameters: {},
  hasBody: false,
  now: new Date("2026-03-02T09:03:04.567Z"),
};

describe("travelsAsBase64", () => {
  test.for([
    { type: "application/json", encoding: undefined, base64: false },
    { type: "application/json; charset=utf-8", encoding: undefined, base64: false },
    { type: "Text/Plain", encoding: undefined, base64: false },
    { type: "application/xml", encoding: undefined, base64: false },
    { type: "application/json", encoding: "identity", base64: false },
    { type: "application/json", encoding: "gzip", base64: true },
    { type: "application/json", encoding: "zstd", base64: true },
    { type: "application/x-ndjson", encoding: undefined, base64: true },
    { type: "application/cloudevents+json", encoding: undefined, base64: true },
    { type: "application/x-www-form-urlencoded", encoding: undefined, base64: true },
    { type: undefined, encoding: undefined, base64: true },
  ])("is $base64 for $type with encoding $encoding", ({ type, encoding, base64 }) => {
    const headers = { ...(type && { "content-type": type }), ...(encoding && { "content-encoding": encoding }) };
    expect(travelsAsBase64(headers)).toBe(base64);
  });
});

describe("httpEvent", () => {
  test("is what an HTTP API sends, payload 2.0", () => {
    expect(httpEvent(facts)).toEqual({
      version: "2.0",
      routeKey: "POST /v1/events",
      rawPath: "/v1/events",
      rawQueryString: "",
      headers: {
        host: "127.0.0.1:4510",
        "user-agent": "test",
        "x-amzn-trace-id": expect.stringMatching(/^Root=1-[0-9a-f]{8}-[0-9a-f]{24}$/),
        "x-forwarded-for": "127.0.0.1",
        "x-forwarded-port": "4510",
        "x-forwarded-proto": "http",
      },
      requestContext: {
        accountId: "000000000000",
        apiId: "local",
        domainName: "127.0.0.1:4510",
        domainPrefix: "local",
        http: { method: "POST", path: "/v1/events", protocol: "HTTP/1.1", sourceIp: "127.0.0.1", userAgent: "test" },
        requestId: expect.any(String),
        routeKey: "POST /v1/events",
        stage: "$default",
        time: "02/Mar/2026:09:03:04 +0000",
        timeEpoch: 1772442184567,
      },
      isBase64Encoded: false,
    });
  });

  test("joins repeated query parameters with commas and keeps the raw text beside them", () => {
    const event = httpEvent({ ...facts, rawQuery: "a=1&b=x%20y&a=2&c" });
    expect(event.queryStringParameters).toEqual({ a: "1,2", b: "x y", c: "" });
    expect(event.rawQueryString).toBe("a=1&b=x%20y&a=2&c");
  });

  test("takes cookies out of the headers and the connection's own headers away", () => {
    const headers = { cookie: "a=1; b=2", connection: "keep-alive", "set-cookie": ["x", "y"] };
    const event = httpEvent({ ...facts, headers });
    expect(event.cookies).toEqual(["a=1", "b=2"]);
    expect(event.headers).not.toHaveProperty("cookie");
    expect(event.headers).not.toHaveProperty("connection");
    expect(event.headers["set-cookie"]).toBe("x,y");
  });

  test("lengthens a chain of proxies, and keeps a trace", () => {
    const headers = { "x-forwarded-for": "10.0.0.1", "x-amzn-trace-id": "Root=1-a-b" };
    expect(httpEvent({ ...facts, headers }).headers).toMatchObject({
      "x-forwarded-for": "10.0.0.1, 127.0.0.1",
      "x-amzn-trace-id": "Root=1-a-b",
    });
  });

  test("says base64 only when there is a body", () => {
    expect(httpEvent({ ...facts, hasBody: true }).isBase64Encoded).toBe(true);
    expect(httpEvent({ ...facts, hasBody: false }).isBase64Encoded).toBe(false);
  });
});

test("gatewayTime writes times as the gateway does", () => {
  expect(gatewayTime(new Date("2026-12-31T23:59:59Z"))).toBe("31/Dec/2026:23:59:59 +0000");
});
