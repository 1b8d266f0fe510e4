import * as v from "valibot";
import { DecimalText, TimeText } from "../_kit/fields.ts";
import { InvoiceLine } from "./invoice-line.ts";

const Count = v.pipe(v.number(), v.integer());

/** What lists and answers show of an invoice. */
export const invoiceFields = {
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
  fee: v.optional(
    v.pipe(
      v.object({ method: v.string(), amount: DecimalText, share: DecimalText }),
      v.description("What collecting it costs, and how many percent of its total that is."),
    ),
  ),
  digest: v.optional(v.pipe(v.string(), v.description("SHA-256 of its PDF, in hex; in the invoice itself alone."))),
};

/** An invoice in a list. */
export const InvoiceSummary = v.pipe(v.object(invoiceFields), v.title("InvoiceSummary"));
const Happening = v.object({
  event: v.picklist([
    "sealed",
    "carried",
    "collected",
    "fell_due",
    "paid_outside",
    "voided",
    "written_off",
    "given_up",
    "credited",
  ]),
  status: invoiceFields.status,
  by: v.picklist(["billing", "collection", "people"]),
  amount: v.optional(
    v.pipe(DecimalText, v.description("What was due as it happened; of a credit note, what it gave back.")),
  ),
  at: TimeText,
  recordedAt: TimeText,
  reason: v.optional(v.string()),
  reference: v.optional(v.string()),
});

/** An invoice with its lines and what became of it. */
export const Invoice = v.pipe(
  v.object({
    ...invoiceFields,
    lines: v.array(InvoiceLine),
    history: v.pipe(v.array(Happening), v.description("What became of it, in order, its seal first.")),
  }),
  v.title("Invoice"),
);

const {
  settlement: _settlement,
  dueAt: _dueAt,
  digest: _digest,
  fee: _fee,
  number: _number,
  ...draftFields
} = invoiceFields;
/** An invoice that is not sealed yet. */
export const Draft = v.pipe(
  v.object({
    ...draftFields,
    becomes: v.pipe(v.picklist(["sealed", "carried"]), v.description("What sealing it would make of it.")),
    lines: v.array(InvoiceLine),
    history: v.array(Happening),
  }),
  v.title("DraftInvoice"),
);

/** An invoice by its id. */
export const InvoicePath = v.strictObject({ id: v.pipe(v.string(), v.maxLength(200)) });
