import * as v from "valibot";
import { CustomerIdText, DecimalText, MerchantIdText, TimeText } from "../_kit/fields.ts";
import { route } from "../_kit/route.ts";

const Count = v.pipe(v.number(), v.integer());
const Status = v.picklist([
  "to_send",
  "sending",
  "unknown",
  "declined",
  "paid",
  "past_due",
  "written_off",
  "withdrawn",
]);

const Collection = v.pipe(
  v.object({
    invoice: v.string(),
    customer: v.string(),
    settlement: v.string(),
    currency: v.string(),
    amount: DecimalText,
    status: Status,
    payment: v.optional(v.pipe(v.string(), v.description("Its payment at the rail: no other is ever taken."))),
    reason: v.optional(v.pipe(v.string(), v.description("Why it cannot be collected, where that is no decline."))),
    openedAt: TimeText,
    dueAt: v.optional(v.pipe(TimeText, v.description("When it is looked at next."))),
    pastDueAt: v.optional(TimeText),
    closedAt: v.optional(TimeText),
    attempts: v.array(
      v.object({
        at: TimeText,
        outcome: v.picklist(["paid", "declined", "no_method", "refused"]),
        code: v.optional(v.string()),
        woken: v.pipe(v.boolean(), v.description("It came of something that the customer did.")),
      }),
    ),
    received: v.optional(
      v.object({ id: v.string(), amount: DecimalText, fee: DecimalText, currency: v.string(), at: TimeText }),
    ),
    refunds: v.array(
      v.object({
        key: v.string(),
        amount: DecimalText,
        status: v.picklist(["sending", "done", "failed"]),
        requestedAt: TimeText,
        id: v.optional(v.string()),
        code: v.optional(v.string()),
      }),
    ),
  }),
  v.title("Collection"),
);

/** Shows an invoice's collection. */
export const getCollection = route({
  route: "GET /v1/invoices/{id}/collection",
  does: "Shows what became of an invoice's collection: each try, what was received and what was given back.",
  roles: ["read", "finance", "billing"],
  path: v.strictObject({ id: v.pipe(v.string(), v.maxLength(200)) }),
  answer: Collection,
  errors: ["not_found"],
});

/** Lists collections that something is left to do about. */
export const listCollections = route({
  route: "GET /v1/collections",
  does: "Lists collections that something is left to do about, such as those that are past due.",
  roles: ["read", "finance", "billing"],
  query: v.strictObject({ status: v.optional(Status), customer: v.optional(CustomerIdText) }),
  paged: true,
  answer: Collection,
  errors: [],
});

const What = { id: v.string(), invoice: v.optional(v.string()) };

/** Shows the last reconciliation. */
export const reportCollection = route({
  route: "GET /v1/reports/collection",
  does: "Shows the last comparison of what was collected with the payment rail's own balance; it is made every night.",
  roles: ["read", "finance", "billing"],
  answer: v.pipe(
    v.object({
      from: TimeText,
      to: TimeText,
      checkedAt: TimeText,
      movements: Count,
      totals: v.array(
        v.object({
          currency: v.string(),
          ours: DecimalText,
          theirs: DecimalText,
          ourFees: DecimalText,
          theirFees: DecimalText,
        }),
      ),
      mended: v.array(v.object({ what: v.picklist(["noted", "closed"]), ...What })),
      unmatched: v.array(
        v.object({
          what: v.picklist(["only_theirs", "only_ours", "differs", "second_payment"]),
          ...What,
          at: TimeText,
        }),
      ),
    }),
    v.title("Reconciliation"),
  ),
  errors: ["not_found"],
});

/** Takes an event of Stripe's. */
export const receiveStripeEvent = route({
  route: "POST /v1/stripe/webhooks/{merchant}",
  does: "Takes a webhook of Stripe's, let in by its signature. It may come twice, late, or in any order.",
  roles: "none",
  path: v.strictObject({ merchant: MerchantIdText }),
  accepts: ["application/json"],
  answer: v.object({ received: v.literal(true) }),
  errors: ["invalid_request", "invalid_signature", "try_again"],
});

/** Leads to the page on which an invoice is paid. */
export const openPayPage = route({
  route: "GET /v1/pay/{token}",
  does: "Leads a customer from the link in a letter to the hosted page on which the invoice is paid.",
  roles: "none",
  path: v.strictObject({ token: v.pipe(v.string(), v.maxLength(1000)) }),
  status: 303,
  answer: v.object({}),
  errors: ["invalid_request", "not_found", "not_collected", "try_again"],
});
