import { currency, customerId, decimal, type Picos, picos } from "@farthing/money";
import { assembleInvoice } from "./assemble-invoice.ts";
import type { ExportedInvoice } from "./settlement-rows.ts";

export type Line = ExportedInvoice["lines"][number];
export const line = (exact: string, more: Partial<Line> = {}): Omit<Line, "amount"> => ({
  id: "ln_1",
  kind: "usage",
  meter: "calls",
  description: "API calls",
  quantity: decimal("10000"),
  exact: picos(exact),
  ...more,
});

export function invoice(
  code: string,
  lines: Omit<Line, "amount">[],
  more: Partial<ExportedInvoice> & { carriedIn?: Picos } = {},
) {
  const { carryAmount: _, ...made } = assembleInvoice({
    currency: currency(code),
    lines,
    carriedIn: more.carriedIn ?? picos("0"),
  });
  return {
    id: "inv_1",
    customer: customerId("66.249.73.135"),
    period: { from: Date.UTC(2015, 4, 1), to: Date.UTC(2015, 5, 1) },
    events: 10_000,
    root: "ab12",
    sealedAt: Date.UTC(2015, 5, 1, 0, 5),
    ...made,
    ...more,
  };
}
