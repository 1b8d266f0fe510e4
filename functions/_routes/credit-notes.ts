import { parsePicos } from "@farthing/money";
import * as v from "valibot";
import { CustomerIdText, DecimalText, Label, TimeText } from "../_kit/fields.ts";
import { FileAnswer } from "../_kit/file-answer.ts";
import { route } from "../_kit/route.ts";

const Id = v.pipe(v.string(), v.maxLength(200));
const EventId = v.pipe(v.string(), v.minLength(1), v.maxBytes(512));
const Event = v.strictObject({
  id: EventId,
  source: v.exactOptional(v.pipe(v.string(), v.minLength(1), v.maxBytes(256))),
});

/** An amount above nothing, into picos. */
const Amount = v.pipe(
  v.string(),
  v.rawTransform(({ dataset, addIssue, NEVER }) => {
    const parsed = parsePicos(dataset.value);
    if (parsed.ok && parsed.value > 0n) return parsed.value;
    addIssue({ message: "An amount is above nothing, with up to 12 decimals." });
    return NEVER;
  }),
);

const Line = v.pipe(
  v.strictObject({ id: v.pipe(v.string(), v.maxLength(32)), amount: v.optional(Amount) }),
  v.transform(({ id, amount }) => ({ line: id, amount })),
);

const scopes = {
  lines: v.optional(
    v.pipe(
      v.array(Line),
      v.minLength(1),
      v.maxLength(500),
      v.description("Lines by their ids; all that is left by default."),
    ),
  ),
  events: v.optional(
    v.pipe(v.array(Event), v.minLength(1), v.maxLength(100), v.description("What events were charged.")),
  ),
  whole: v.optional(v.pipe(v.literal(true), v.description("All that is left of the invoice."))),
};

const CreditBody = v.pipe(
  v.strictObject({
    ...scopes,
    as: v.optional(
      v.pipe(
        v.picklist(["refund", "carry"]),
        v.description("How a paid invoice gives it back: as a refund to make, or by default on the next invoice."),
      ),
    ),
    reason: Label,
  }),
  v.check(
    ({ lines, events, whole }) => [lines, events, whole].filter((scope) => scope !== undefined).length === 1,
    "A credit note names `lines`, `events`, or the `whole` invoice.",
  ),
  v.transform(({ lines, events, as, reason }) => {
    const scope = lines !== undefined ? { lines } : events !== undefined ? { events } : { whole: true as const };
    return { scope, as, reason };
  }),
);

const CreditNote = v.pipe(
  v.object({
    id: v.string(),
    number: v.optional(v.pipe(v.number(), v.integer(), v.description("The merchant's credit notes, without gap."))),
    invoice: v.string(),
    customer: v.string(),
    currency: v.string(),
    as: v.picklist(["due", "refund", "carry"]),
    lines: v.array(v.object({ line: v.string(), description: v.string(), exact: DecimalText })),
    events: v.optional(v.array(v.object({ id: v.string(), source: v.optional(v.string()) }))),
    exact: DecimalText,
    total: v.pipe(DecimalText, v.description("What it takes off what is due, or what is to be refunded.")),
    carried: v.pipe(DecimalText, v.description("What the next seal takes off what it carries in.")),
    reason: v.string(),
    createdAt: TimeText,
  }),
  v.title("CreditNote"),
);

/** Makes a credit note. */
export const createCreditNote = route({
  route: "POST /v1/invoices/{id}/credit-notes",
  does: "Gives back a part of an invoice, or all of it: takes it off what is due, or of a paid one, refunds or carries it.",
  roles: ["billing", "finance"],
  path: v.strictObject({ id: Id }),
  body: CreditBody,
  status: 201,
  replay: "stored",
  answer: CreditNote,
  errors: [
    "not_found",
    "unknown_event",
    "invoice_not_open",
    "nothing_to_refund",
    "already_credited",
    "unknown_line",
    "credit_too_large",
  ],
});

/** Lists credit notes. */
export const listCreditNotes = route({
  route: "GET /v1/credit-notes",
  does: "Lists credit notes, newest first: an invoice's, a customer's, or all by their numbers.",
  roles: ["read", "finance", "billing"],
  query: v.strictObject({ customer: v.optional(CustomerIdText), invoice: v.optional(Id) }),
  paged: true,
  answer: CreditNote,
  errors: [],
});

/** Shows a credit note. */
export const getCreditNote = route({
  route: "GET /v1/credit-notes/{id}",
  does: "Shows a credit note.",
  roles: ["read", "finance", "billing"],
  path: v.strictObject({ id: Id }),
  answer: CreditNote,
  errors: ["not_found"],
});

/** Prints a credit note. */
export const printCreditNote = route({
  route: "GET /v1/credit-notes/{id}/pdf",
  does: "Prints a credit note in its customer's language; it names its invoice. Its bytes never change.",
  roles: ["read", "finance", "billing"],
  path: v.strictObject({ id: Id }),
  file: ["application/pdf"],
  answer: FileAnswer,
  errors: ["not_found", "not_issued"],
});
