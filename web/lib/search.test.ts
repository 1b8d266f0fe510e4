import { expect, test } from "vitest";
import { href, readQuery, safeNext } from "./search.ts";

test.for([
  { next: "/invoices?status=sealed#top", to: "/invoices?status=sealed#top" },
  { next: undefined, to: "/" },
  { next: "", to: "/" },
  { next: "invoices", to: "/" },
  { next: "https://example.com", to: "/" },
  { next: "//example.com", to: "/" },
  { next: "/\\example.com", to: "/" },
  { next: "/\t/example.com", to: "/" },
  { next: "/\n//example.com", to: "/" },
  { next: "javascript:alert(1)", to: "/" },
  { next: "/..//example.com", to: "/" },
  { next: "/a/../customers", to: "/customers" },
  { next: "/customers/%2F%2Fexample.com", to: "/customers/%2F%2Fexample.com" },
  { next: "/@example.com", to: "/@example.com" },
])("after signing in, $next leads to $to", ({ next, to }) => {
  expect(safeNext(next)).toBe(to);
  expect(new URL(safeNext(next), "http://127.0.0.1:4511").origin).toBe("http://127.0.0.1:4511");
});

test("one view has one address", () => {
  expect(href("/invoices", { status: "paid", customer: "a&b", cursor: undefined })).toBe(
    "/invoices?customer=a%26b&status=paid",
  );
  expect(href("/invoices")).toBe("/invoices");
});

test("a query keeps the first of repeated values and drops empty ones", async () => {
  expect(await readQuery(Promise.resolve({ status: ["paid", "sealed"], cursor: "", q: "x" }))).toEqual({
    status: "paid",
    q: "x",
  });
});
