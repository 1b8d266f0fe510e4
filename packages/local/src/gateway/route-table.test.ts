import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { routeTable } from "./route-table.ts";

const keys = [
  "GET /v1/customers",
  "PUT /v1/customers",
  "GET /v1/customers/{id}",
  "GET /v1/customers/{id}/balance",
  "GET /v1/customers/known",
  "ANY /any/{x}",
  "GET /any/{x}",
  "GET /files/{proxy+}",
  "GET /files/one/{x}",
];
const table = routeTable(keys.map((key) => ({ key, target: key })));

describe("routeTable", () => {
  test.for([
    { method: "GET", path: "/v1/customers", key: "GET /v1/customers", parameters: {} },
    { method: "GET", path: "/v1/customers/known", key: "GET /v1/customers/known", parameters: {} },
    { method: "GET", path: "/v1/customers/a%2Fb%20c", key: "GET /v1/customers/{id}", parameters: { id: "a/b c" } },
    { method: "GET", path: "/v1/customers/x/balance", key: "GET /v1/customers/{id}/balance", parameters: { id: "x" } },
    { method: "GET", path: "/any/1", key: "GET /any/{x}", parameters: { x: "1" } },
    { method: "PATCH", path: "/any/1", key: "ANY /any/{x}", parameters: { x: "1" } },
    { method: "GET", path: "/files/one/two", key: "GET /files/one/{x}", parameters: { x: "two" } },
    { method: "GET", path: "/files/one/two/three", key: "GET /files/{proxy+}", parameters: { proxy: "one/two/three" } },
  ])("leads $method $path to $key", ({ method, path, key, parameters }) => {
    expect(table(method, path)).toEqual({ kind: "found", key, target: key, parameters });
  });

  test.for([
    { method: "GET", path: "/", kind: "unknown" },
    { method: "GET", path: "/v1/customers/", kind: "found" },
    { method: "GET", path: "/v1/customers/x/", kind: "unknown" },
    { method: "GET", path: "/V1/customers", kind: "unknown" },
    { method: "GET", path: "/v1/customers/%E0%A4%A", kind: "malformed" },
  ])("answers $kind to $method $path", ({ method, path, kind }) => {
    expect(table(method, path).kind).toBe(kind);
  });

  test("names the methods that a known path takes", () => {
    expect(table("DELETE", "/v1/customers")).toEqual({ kind: "wrong_method", allowed: ["GET", "PUT"] });
  });

  test("leaves everything else to $default, where there is one", () => {
    const withDefault = routeTable([...keys, "$default"].map((key) => ({ key, target: key })));
    expect(withDefault("DELETE", "/v1/customers")).toMatchObject({ key: "$default" });
    expect(withDefault("GET", "/nowhere")).toMatchObject({ key: "$default", parameters: {} });
    expect(withDefault("GET", "/v1/customers")).toMatchObject({ key: "GET /v1/customers" });
  });

  test("has an answer to any method and path", () => {
    const path = fc.oneof(
      fc.string(),
      fc.array(fc.string()).map((parts) => `/v1/customers/${parts.join("/")}`),
    );
    fc.assert(
      fc.property(fc.string(), path, (method, at) => {
        expect(["found", "wrong_method", "unknown", "malformed"]).toContain(table(method, at).kind);
      }),
    );
  });
});
