import { describe, expect, test } from "vitest";
import { gatewayRequest } from "./gateway.fixture.ts";
import { unrouted } from "./unrouted.ts";

const routes = [
  { route: "PUT /v1/meters/{key}" },
  { route: "GET /v1/meters/{key}" },
  { route: "GET /v1/meters" },
] as const;

describe("unrouted", () => {
  test.for([
    { method: "POST", path: "/v1/meters", status: 405, allow: "GET" },
    { method: "DELETE", path: "/v1/meters/a", status: 405, allow: "PUT, GET" },
    { method: "GET", path: "/v1/meters/", status: 404, allow: undefined },
    { method: "GET", path: "/v1/meters/a/b", status: 404, allow: undefined },
    { method: "GET", path: "/v1", status: 404, allow: undefined },
    { method: "GET", path: "/", status: 404, allow: undefined },
    { method: "GET", path: "", status: 404, allow: undefined },
    { method: "GET", path: "//v1/meters", status: 404, allow: undefined },
    { method: "GET", path: "/V1/meters", status: 404, allow: undefined },
  ])("$method $path is $status", ({ method, path, status, allow }) => {
    const reply = unrouted(routes, gatewayRequest({ method, path }));
    expect(reply).toMatchObject({ statusCode: status, headers: { "content-type": "application/problem+json" } });
    expect(reply.headers.allow).toBe(allow);
    expect(JSON.parse(reply.body).code).toBe(status === 405 ? "method_not_allowed" : "not_found");
  });
});
