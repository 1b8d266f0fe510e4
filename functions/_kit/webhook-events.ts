import { DisabledReason, type WebhookEventType } from "@farthing/access";
import * as v from "valibot";
import { getCreditNote } from "../_routes/credit-notes.ts";
import { listInvoices } from "../_routes/invoices.ts";
import { getSettlement } from "../_routes/settlements.ts";
import { TimeText } from "./fields.ts";
import type { Schema } from "./route.ts";

/** A type of message: what it says, and what its `data` holds. */
export interface WebhookEvent {
  readonly does: string;
  readonly data: Schema;
}

const invoice = listInvoices.answer;

/** Every message that webhooks are sent, as the API's document describes it and as it is made. */
export const webhookEvents = {
  "invoice.sealed": { does: "An invoice was sealed: it asks for money, and never changes.", data: invoice },
  "invoice.paid": { does: "An invoice was paid.", data: invoice },
  "invoice.past_due": { does: "An invoice was not paid when it was due.", data: invoice },
  "invoice.voided": { does: "The demand of an invoice was given up.", data: invoice },
  "invoice.uncollectible": { does: "An invoice was written off as one that will not be paid.", data: invoice },
  "credit_note.created": {
    does: "A credit note was made. Its number is given in the same moment, and stands in `GET /v1/credit-notes/{id}`.",
    data: getCreditNote.answer,
  },
  "settlement.done": { does: "A settlement has sealed all of its customers.", data: getSettlement.answer },
  "webhook.disabled": {
    does: "Another webhook of the merchant is told no more: it answered 410, or failed for five days.",
    data: v.object({
      webhook: v.string(),
      url: v.string(),
      reason: DisabledReason,
      disabledAt: TimeText,
      failingSince: v.optional(TimeText),
    }),
  },
  "webhook.test": { does: "A test that was asked for.", data: v.object({ webhook: v.string() }) },
} as const satisfies Readonly<Record<WebhookEventType, WebhookEvent>>;
