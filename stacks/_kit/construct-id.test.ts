import { expect, test } from "vitest";
import { constructId } from "./construct-id.ts";

test.for([
  { words: ["accept-events"], id: "AcceptEvents" },
  { words: ["route", "get", "/v1/customers/{id}/balance"], id: "RouteGetV1CustomersIdBalance" },
  { words: ["route", "get", "/openapi.json"], id: "RouteGetOpenapiJson" },
  { words: ["a", "", "b"], id: "AB" },
])("$words is $id", ({ words, id }) => {
  expect(constructId(...words)).toBe(id);
});
