import * as v from "valibot";
import { CustomerIdText, Label, MomentText, TimeText } from "../_kit/fields.ts";
import { route } from "../_kit/route.ts";
import { Draft, Invoice, InvoicePath } from "./invoice-shapes.ts";

/** Drafts a customer's invoices. */
export const getDraft = route({
  route: "GET /v1/customers/{id}/invoices/draft",
  does: "Shows the invoices that a settlement would seal now, one a currency, with every event accepted so far; stores nothing.",
  roles: ["read", "finance", "billing"],
  path: v.strictObject({ id: CustomerIdText }),
  query: v.strictObject({
    through: v.optional(v.pipe(MomentText, v.description("Bills what comes before this instant; now by default."))),
  }),
  answer: v.object({ customer: v.string(), asOf: TimeText, invoices: v.array(Draft) }),
  errors: ["not_found"],
});

const change = {
  roles: ["billing", "finance"],
  path: InvoicePath,
  body: v.strictObject({
    reason: Label,
    at: v.optional(v.pipe(MomentText, v.description("When it happened; now, where nothing is said."))),
    reference: v.optional(v.pipe(Label, v.description("What another system calls it, such as a payment."))),
  }),
  replay: "recomputed",
  answer: Invoice,
  errors: ["not_found", "transition_conflict", "invoice_not_open"],
} as const;

/** Gives up the demand of an invoice. */
export const voidInvoice = route({
  route: "POST /v1/invoices/{id}/void",
  does: "Gives up the demand of an invoice, as one that should not have been made; what it billed is not billed again.",
  ...change,
});

/** Writes an invoice off. */
export const writeOffInvoice = route({
  route: "POST /v1/invoices/{id}/uncollectible",
  does: "Writes an invoice off as one that will not be paid; should it be paid all the same, `pay` says so.",
  ...change,
});

/** Notes that an invoice was paid outside. */
export const payInvoice = route({
  route: "POST /v1/invoices/{id}/pay",
  does: "Notes that an invoice was paid outside of Farthing, such as by a bank transfer.",
  ...change,
});
