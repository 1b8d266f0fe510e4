import type { Collection } from "./collection.ts";
import type { RailPayment } from "./payment-rail.ts";

/** What a payment at the rail says of its invoice: `unsettled` was taken a moment ago, `again` was not tried, `gone` never will be. */
export type Verdict = "paid" | "unsettled" | "processing" | "declined" | "again" | "gone";

/** What the rail's word on the invoice's own payment leads to. */
export function verdictOn(collection: Collection, payment: RailPayment): Verdict {
  if (payment.status === "succeeded") return payment.movement === undefined ? "unsettled" : "paid";
  if (payment.status === "processing") return "processing";
  if (payment.status === "closed") return "gone";
  const isNew = payment.charge !== undefined && payment.charge !== collection.charge;
  return isNew && payment.decline !== undefined ? "declined" : "again";
}
