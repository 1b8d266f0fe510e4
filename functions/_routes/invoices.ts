import * as v from "valibot";
import { CustomerIdText, DecimalText, Label, MomentText, TimeText } from "../_kit/fields.ts";
import { FileAnswer } from "../_kit/file-answer.ts";
import { route } from "../_kit/route.ts";

const Count = v.pipe(v.number(), v.integer());

const invoiceFields = {
  id: v.string(),
  number: v.optional(
    v.pipe(
      Count,
      v.description("The merchant's numbers, without gap; a carried invoice asks for nothing and has none."),
    ),
  ),
  customer: v.string(),
  period: v.object({ from: TimeText, to: TimeText }),
  currency: v.string(),
  status: v.picklist(["draft", "sealed", "paid", "past_due", "void", "uncollectible", "carried"]),
  exact: DecimalText,
  carriedIn: DecimalText,
  total: DecimalText,
  carriedOut: DecimalText,
  due: v.pipe(DecimalText, v.description("What is still asked for.")),
  dueAt: v.optional(v.pipe(TimeText, v.description("When it is to be paid, by the terms as it was issued."))),
  events: Count,
  root: v.string(),
  settlement: v.string(),
  sealedAt: TimeText,
  digest: v.optional(v.pipe(v.string(), v.description("SHA-256 of its PDF, in hex; in the invoice itself alone."))),
};

const Group = v.optional(v.record(v.string(), v.string()));
const Line = v.object({
  id: v.string(),
  kind: v.picklist(["usage", "flat", "minimum", "charges", "adjustment", "carry"]),
  meter: v.optional(v.string()),
  group: Group,
  description: v.string(),
  period: v.optional(v.object({ from: TimeText, to: TimeText })),
  quantity: v.optional(DecimalText),
  exact: DecimalText,
  amount: DecimalText,
});

const InvoiceSummary = v.pipe(v.object(invoiceFields), v.title("InvoiceSummary"));
const Happening = v.object({
  event: v.picklist(["sealed", "carried", "collected", "fell_due", "given_up", "paid_outside", "voided", "written_off"]),
  status: invoiceFields.status,
  by: v.picklist(["billing", "collection", "people"]),
  amount: v.optional(v.pipe(DecimalText, v.description("What was due as it happened."))),
  at: TimeText,
  recordedAt: TimeText,
  reason: v.optional(v.string()),
  reference: v.optional(v.string()),
});

const Invoice = v.pipe(
  v.object({
    ...invoiceFields,
    lines: v.array(Line),
    history: v.pipe(v.array(Happening), v.description("What became of it, in order, its seal first.")),
  }),
  v.title("Invoice"),
);

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

const InvoicePath = v.strictObject({ id: v.pipe(v.string(), v.maxLength(200)) });

/** Shows an invoice. */
export const getInvoice = route({
  route: "GET /v1/invoices/{id}",
  does: "Shows an invoice with its lines, which add up to its total.",
  roles: ["read", "finance", "billing"],
  path: InvoicePath,
  answer: Invoice,
  errors: ["not_found"],
});

const { settlement: _settlement, dueAt: _dueAt, digest: _digest, number: _number, ...draftFields } = invoiceFields;
const Draft = v.pipe(
  v.object({
    ...draftFields,
    becomes: v.pipe(v.picklist(["sealed", "carried"]), v.description("What sealing it would make of it.")),
    lines: v.array(Line),
    history: v.array(Happening),
  }),
  v.title("DraftInvoice"),
);

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
    group: Group,
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
