import * as v from "valibot";
import { CustomerIdText, DecimalText, TimeText } from "../_kit/fields.ts";
import { FileAnswer } from "../_kit/file-answer.ts";
import { route } from "../_kit/route.ts";
import { GroupFields } from "./invoice-line.ts";
import { Invoice, InvoicePath, InvoiceSummary, invoiceFields } from "./invoice-shapes.ts";

/** Lists invoices. */
export const listInvoices = route({
  route: "GET /v1/invoices",
  does: "Lists invoices without their lines: a customer's or all newest first, a settlement's by customer.",
  roles: ["read", "finance", "billing"],
  query: v.strictObject({
    customer: v.optional(CustomerIdText),
    status: v.optional(invoiceFields.status),
    settlement: v.optional(v.pipe(v.string(), v.maxLength(128))),
    number: v.optional(
      v.pipe(v.string(), v.regex(/^[1-9]\d{0,11}$/, "A number is a whole number from 1 on."), v.transform(Number)),
    ),
  }),
  paged: true,
  answer: InvoiceSummary,
  errors: [],
});

/** Shows an invoice. */
export const getInvoice = route({
  route: "GET /v1/invoices/{id}",
  does: "Shows an invoice with its lines, which add up to its total.",
  roles: ["read", "finance", "billing"],
  path: InvoicePath,
  answer: Invoice,
  errors: ["not_found"],
});

/** Prints an invoice. */
export const printInvoice = route({
  route: "GET /v1/invoices/{id}/pdf",
  does: "Prints an invoice that has a number, in its customer's language. Its bytes, and their digest in `Repr-Digest`, never change.",
  roles: ["read", "finance", "billing"],
  path: InvoicePath,
  file: ["application/pdf"],
  answer: FileAnswer,
  errors: ["not_found", "not_issued", "export_too_large"],
});

const Charge = v.pipe(
  v.object({
    kind: v.pipe(
      v.picklist(["event", "carried"]),
      v.description("`carried` has no event: it is what comes into a line's period, and has the line's id."),
    ),
    id: v.string(),
    source: v.optional(v.string()),
    time: TimeText,
    type: v.string(),
    line: v.string(),
    meter: v.optional(v.string()),
    group: GroupFields,
    quantity: DecimalText,
    amount: DecimalText,
    running: v.pipe(DecimalText, v.description("The sum of the amounts so far.")),
  }),
  v.title("MicroCharge"),
);

/** Lists the micro-charges behind an invoice. */
export const listCharges = route({
  route: "GET /v1/invoices/{id}/charges",
  does: "Lists the micro-charges behind an invoice in order of (time, id), each with what the bill grew by; as a file of all, in parts.",
  roles: ["read", "finance", "billing"],
  path: InvoicePath,
  query: v.strictObject({ line: v.optional(v.pipe(v.string(), v.maxLength(32))) }),
  paged: true,
  orFile: ["text/csv", "application/x-ndjson"],
  answer: Charge,
  errors: ["not_found"],
});
