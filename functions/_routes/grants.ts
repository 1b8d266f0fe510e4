import { PositiveText, ScopeBody } from "@farthing/pricing";
import * as v from "valibot";
import { CustomerIdText, DecimalText, Label, MomentText, TimeText } from "../_kit/fields.ts";
import { route } from "../_kit/route.ts";

const Exact = v.pipe(
  PositiveText,
  v.check(({ scale }) => scale <= 12, "This has at most 12 decimals."),
);

const Grant = v.pipe(
  v.object({
    id: v.string(),
    customer: v.string(),
    amount: v.optional(DecimalText),
    currency: v.optional(v.string()),
    units: v.optional(DecimalText),
    meter: v.optional(v.string()),
    name: v.optional(v.string()),
    priority: v.number(),
    startsAt: TimeText,
    expiresAt: v.optional(TimeText),
    rollOver: v.optional(v.object({ maximum: v.optional(DecimalText), until: TimeText })),
    scope: v.optional(ScopeBody),
    status: v.pipe(
      v.picklist(["standing", "rolled", "over"]),
      v.description("As of the newest invoice: it stands, what was left went on, or it is over."),
    ),
    remaining: v.pipe(DecimalText, v.description("What invoices have left of it.")),
    createdAt: TimeText,
  }),
  v.title("Grant"),
);

/** Grants a customer credit. */
export const createGrant = route({
  route: "POST /v1/customers/{id}/grants",
  does: "Grants a customer credit: an amount of a currency, or units of a meter, which invoices draw on.",
  roles: ["billing"],
  path: v.strictObject({ id: CustomerIdText }),
  body: v.strictObject({
    amount: v.optional(Exact),
    currency: v.optional(v.string()),
    units: v.optional(Exact),
    meter: v.optional(v.pipe(v.string(), v.maxLength(128))),
    name: v.optional(Label),
    priority: v.optional(v.pipe(v.number(), v.safeInteger(), v.minValue(0), v.maxValue(1000))),
    startsAt: v.optional(MomentText),
    expiresAt: v.optional(MomentText),
    rollOver: v.optional(v.strictObject({ maximum: v.optional(Exact), until: MomentText })),
    scope: v.optional(ScopeBody),
  }),
  status: 201,
  replay: "stored",
  answer: Grant,
  errors: ["invalid_request", "unknown_currency", "expiry_in_past", "unknown_customer", "unknown_meter"],
});

const GrantPath = v.strictObject({ id: CustomerIdText, grant: v.pipe(v.string(), v.maxLength(64)) });

/** Shows a grant. */
export const getGrant = route({
  route: "GET /v1/customers/{id}/grants/{grant}",
  does: "Shows a grant, and what invoices have left of it.",
  roles: ["read"],
  path: GrantPath,
  answer: Grant,
  errors: ["not_found"],
});

/** Lists a customer's grants. */
export const listGrants = route({
  route: "GET /v1/customers/{id}/grants",
  does: "Lists a customer's grants in the order in which they are drawn.",
  roles: ["read"],
  path: v.strictObject({ id: CustomerIdText }),
  paged: true,
  answer: Grant,
  errors: [],
});

const Entry = v.pipe(
  v.object({
    id: v.string(),
    kind: v.picklist(["grant", "draw", "give_back", "expiry", "roll_over"]),
    amount: DecimalText,
    running: v.pipe(DecimalText, v.description("The sum of the amounts so far.")),
    at: TimeText,
    invoice: v.optional(v.string()),
    line: v.optional(v.string()),
    description: v.optional(v.pipe(v.string(), v.description("The charge that drew, or gave back."))),
  }),
  v.title("GrantEntry"),
);

/** Lists a grant's account. */
export const listGrantEntries = route({
  route: "GET /v1/customers/{id}/grants/{grant}/entries",
  does: "Lists a grant's account, oldest first: the amounts add up to what is left of it.",
  roles: ["read"],
  path: GrantPath,
  paged: true,
  answer: Entry,
  errors: ["not_found"],
});
