import { expect, test } from "vitest";
import { causeLink } from "./cause-link.ts";

test.for([
  ["settlement:set_1", "/settlements/set_1"],
  ["invoice_voided:inv_a:b_1_USD", "/invoices/inv_a%3Ab_1_USD"],
  ["payment_received:pi_1", undefined],
  ["settlement:", undefined],
  ["settlement", undefined],
] as const)("%s leads to %s", ([cause, path]) => {
  expect(causeLink(cause)).toBe(path);
});
