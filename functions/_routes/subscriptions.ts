import { intervals, OverrideBody, PositiveText, PriceAnswer } from "@farthing/pricing";
import * as v from "valibot";
import { CustomerIdText, DateText, DecimalText, MomentText, TimeText } from "../_kit/fields.ts";
import { route } from "../_kit/route.ts";

const billings = ["calendar", "anchor"] as const;
const prorations = ["time", "none"] as const;

const Subscription = v.pipe(
  v.object({
    id: v.string(),
    customer: v.string(),
    plan: v.string(),
    planVersion: v.pipe(v.number(), v.integer()),
    interval: v.picklist(intervals),
    timezone: v.string(),
    billing: v.picklist(billings),
    anchor: v.exactOptional(v.pipe(v.string(), v.metadata({ format: "date" }))),
    start: TimeText,
    status: v.picklist(["scheduled", "active", "paused", "ended"]),
    end: v.exactOptional(TimeText),
    addOn: v.boolean(),
    quantity: DecimalText,
    overrides: v.exactOptional(v.array(PriceAnswer)),
    replaces: v.exactOptional(v.pipe(v.string(), v.description("The subscription that it was changed from."))),
    events: v.array(
      v.object({ kind: v.picklist(["pause", "resume", "cancel"]), at: TimeText, proration: v.picklist(prorations) }),
    ),
    createdAt: TimeText,
  }),
  v.title("Subscription"),
);

const proration = v.pipe(
  v.optional(v.picklist(prorations)),
  v.description("Whether flat prices and commitments of the period are divided by time, as they are by default."),
);

const ownFields = {
  quantity: v.pipe(
    v.optional(PositiveText),
    v.description("How many times its flat prices are charged; once by default."),
  ),
  overrides: v.pipe(
    v.optional(v.pipe(v.array(OverrideBody), v.maxLength(200))),
    v.description("The customer's own prices: the key of a price of the plan, and the fields in which it differs."),
  ),
};

const termFields = {
  billing: v.pipe(
    v.optional(v.picklist(billings)),
    v.description("Whether its periods are the calendar's, or counted from its anchor. The calendar's by default."),
  ),
  anchor: v.pipe(
    v.optional(DateText),
    v.description("A date on which one of its periods begins: an anchored subscription's start by default."),
  ),
  proration,
  addOn: v.pipe(
    v.optional(v.boolean()),
    v.description("Whether it charges beside the customer's base subscription, and takes over from none."),
  ),
  ...ownFields,
};

const ownErrors = ["unknown_price", "invalid_request", "tiers_exhausted"] as const;

/** Subscribes a customer. */
export const createSubscription = route({
  route: "POST /v1/subscriptions",
  does: "Subscribes a customer to a plan's newest version, from its start until the customer's next subscription.",
  roles: ["billing"],
  body: v.pipe(
    v.strictObject({ customer: CustomerIdText, plan: v.string(), start: v.optional(MomentText), ...termFields }),
    v.forward(
      v.partialCheck(
        [["billing"], ["anchor"]],
        ({ billing, anchor }) => billing !== "calendar" || anchor === undefined,
        "Periods of the calendar have no anchor.",
      ),
      ["anchor"],
    ),
  ),
  status: 201,
  replay: "stored",
  answer: Subscription,
  errors: ["unknown_customer", "unknown_plan", ...ownErrors],
});

/** Lists subscriptions. */
export const listSubscriptions = route({
  route: "GET /v1/subscriptions",
  does: "Lists subscriptions, or one customer's, as they stand.",
  roles: ["read"],
  query: v.strictObject({ customer: v.optional(CustomerIdText) }),
  paged: true,
  answer: Subscription,
  errors: [],
});

const path = v.strictObject({ id: v.string() });

/** Shows a subscription. */
export const getSubscription = route({
  route: "GET /v1/subscriptions/{id}",
  does: "Shows a subscription as it stands.",
  roles: ["read"],
  path,
  answer: Subscription,
  errors: ["not_found"],
});

const stepFields = {
  at: v.pipe(
    v.optional(v.union([v.picklist(["now", "period_end"]), MomentText])),
    v.description(
      "From when: now, by default, as the running period ends, or a moment, also in time that is billed and is then adjusted.",
    ),
  ),
  proration,
};
const Step = v.strictObject(stepFields);
const refusals = [
  "not_found",
  "already_cancelled",
  "subscription_ended",
  "already_paused",
  "not_paused",
  "out_of_order",
] as const;
const common = { roles: ["billing"], path, replay: "stored", answer: Subscription } as const;

/** Changes a subscription. */
export const changeSubscription = route({
  ...common,
  route: "POST /v1/subscriptions/{id}/change",
  does: "Changes a subscription, to another plan or its plan's newest version: another takes over from it.",
  body: v.strictObject({ plan: v.optional(v.string()), ...ownFields, ...stepFields }),
  status: 201,
  errors: ["not_found", "unknown_plan", ...ownErrors, "out_of_order", "subscription_ended", "already_paused"],
});

/** Pauses a subscription. */
export const pauseSubscription = route({
  ...common,
  route: "POST /v1/subscriptions/{id}/pause",
  does: "Pauses a subscription: nothing is charged until it is resumed.",
  body: Step,
  errors: refusals,
});

/** Resumes a subscription. */
export const resumeSubscription = route({
  ...common,
  route: "POST /v1/subscriptions/{id}/resume",
  does: "Resumes a paused subscription.",
  body: Step,
  errors: refusals,
});

/** Cancels a subscription. */
export const cancelSubscription = route({
  ...common,
  route: "POST /v1/subscriptions/{id}/cancel",
  does: "Cancels a subscription, now or as the running period ends; one that has not started never does.",
  body: Step,
  errors: refusals,
});
