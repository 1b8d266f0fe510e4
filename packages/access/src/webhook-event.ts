import * as v from "valibot";

/** What a merchant can be told of. Never renamed: receivers tell messages apart by it. */
export const WebhookEventType = v.picklist([
  "invoice.sealed",
  "invoice.paid",
  "invoice.past_due",
  "invoice.voided",
  "invoice.uncollectible",
  "credit_note.created",
  "settlement.done",
  "webhook.disabled",
  "webhook.test",
]);
export type WebhookEventType = v.InferOutput<typeof WebhookEventType>;

/** Why an endpoint is told nothing: its merchant said so, it answered 410, or it failed for days. */
export const DisabledReason = v.picklist(["by_hand", "gone", "failing"]);
export type DisabledReason = v.InferOutput<typeof DisabledReason>;
