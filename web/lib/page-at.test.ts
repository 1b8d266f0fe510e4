import { expect, test } from "vitest";
import { pageAt } from "./page-at.ts";

const pages = ["/", "/invoices", "/invoices?status=past_due", "/developers/webhooks"];

test.for([
  ["/", "", "/"],
  ["/invoices", "", "/invoices"],
  ["/invoices", "status=paid", "/invoices"],
  ["/invoices", "customer=ann&status=past_due", "/invoices?status=past_due"],
  ["/invoices/inv_1", "status=past_due", "/invoices"],
  ["/developers/webhooks/we_1", "status=failed", "/developers/webhooks"],
  ["/invoices-of-others", "", undefined],
] as const)("%s?%s is on %s", ([path, query, page]) => {
  expect(pageAt(pages, path, new URLSearchParams(query))).toBe(page);
});
