import { Role } from "@farthing/access";
import * as v from "valibot";
import { Address, CurrencyText, Label, Moment, MomentText } from "../_kit/fields.ts";
import { route } from "../_kit/route.ts";

const Roles = v.pipe(
  v.array(Role),
  v.minLength(1),
  v.check((roles) => new Set(roles).size === roles.length, "A role is named once."),
);

const keyFields = {
  id: v.string(),
  name: v.optional(v.string()),
  roles: v.array(Role),
  prefix: v.pipe(v.string(), v.description("How the key begins.")),
  last4: v.pipe(v.string(), v.description("How the key ends.")),
  createdAt: Moment,
  expiresAt: v.optional(Moment),
  revokedAt: v.optional(Moment),
};

const Key = v.pipe(v.object(keyFields), v.title("Key"));

const NewKey = v.pipe(
  v.object({ ...keyFields, key: v.pipe(v.string(), v.description("The key itself, shown this once.")) }),
  v.title("NewKey"),
);

const sellerFields = { name: Label, address: v.exactOptional(Address), taxId: v.exactOptional(Label) };

const Hours = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(240));
const Days = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(365));
const Share = v.pipe(v.string(), v.regex(/^\d{1,2}(?:\.\d{1,6})?$/, "Percent below 100, with up to 6 decimals."));
const Amount = v.pipe(v.string(), v.regex(/^\d{1,12}(?:\.\d{1,6})?$/, "An amount has up to 6 decimals, and no sign."));

const FeeRule = v.strictObject({
  method: Label,
  currency: CurrencyText,
  percent: Share,
  fixed: Amount,
  cap: v.exactOptional(Amount),
});

const Fees = v.pipe(
  v.array(FeeRule),
  v.maxLength(100),
  v.check(
    (fees) => new Set(fees.map(({ method, currency }) => `${currency} ${method}`)).size === fees.length,
    "A method is named once a currency.",
  ),
);

const retryDay = v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(60));

const Collection = v.strictObject({
  retryDays: v.pipe(
    v.array(retryDay),
    v.maxLength(10),
    v.check((days) => days.every((day, at) => day > (days[at - 1] ?? 0)), "Each retry is later than the one before."),
    v.description("After a decline the payment is tried again so many days after the first try."),
  ),
  writeOffDays: v.pipe(
    v.number(),
    v.integer(),
    v.minValue(1),
    v.maxValue(365),
    v.description("Days from past due to written off."),
  ),
  account: v.exactOptional(
    v.pipe(
      v.string(),
      v.regex(/^acct_[A-Za-z0-9]{1,64}$/, "An account of Stripe begins with acct_."),
      v.description("The merchant's own account at Stripe, connected to the installation's."),
    ),
  ),
});

const termFields = {
  collection: v.exactOptional(
    v.pipe(Collection, v.description("How sealed invoices are collected; they are not, until it is said once.")),
  ),
  graceHours: v.exactOptional(v.pipe(Hours, v.description("Hours from a period's end to its seal, for late events."))),
  paymentTermsDays: v.exactOptional(v.pipe(Days, v.description("Days from an invoice's seal to when it is due."))),
  fees: v.exactOptional(v.pipe(Fees, v.description("What collecting costs; of a currency, its first method is used."))),
};

const Merchant = v.pipe(
  v.object({
    id: v.string(),
    name: v.string(),
    timezone: v.string(),
    currency: v.string(),
    seller: v.pipe(v.optional(v.object(sellerFields)), v.description("How invoices name the merchant.")),
    ...termFields,
    roles: v.array(Role),
  }),
  v.title("Merchant"),
);

/** Makes an API key. */
export const createKey = route({
  route: "POST /v1/keys",
  does: "Makes an API key, which is shown this once.",
  roles: ["admin"],
  body: v.strictObject({ name: v.optional(Label), roles: Roles, expiresAt: v.optional(MomentText) }),
  status: 201,
  // An answer that holds a key is never stored.
  replay: "recomputed",
  answer: NewKey,
  errors: ["idempotency_conflict", "expiry_in_past"],
});

/** Lists the merchant's API keys. */
export const listKeys = route({
  route: "GET /v1/keys",
  does: "Lists API keys, newest first, without the keys themselves.",
  roles: ["admin"],
  paged: true,
  answer: Key,
  errors: [],
});

/** Revokes an API key. */
export const revokeKey = route({
  route: "DELETE /v1/keys/{id}",
  does: "Revokes an API key: it opens nothing from five seconds later on.",
  roles: ["admin"],
  path: v.strictObject({ id: v.string() }),
  answer: Key,
  errors: ["not_found", "own_key"],
});

/** Tells whose the API key is. */
export const getMerchant = route({
  route: "GET /v1/merchant",
  does: "Tells which merchant the API key belongs to, and what it may do.",
  roles: "any",
  answer: Merchant,
  errors: [],
});

/** Says how invoices name the merchant, and how it bills. */
export const putMerchant = route({
  route: "PUT /v1/merchant",
  does: "Says how invoices name the merchant, and how it bills; what is left out stays. Invoices that have a number stay as they are.",
  roles: ["billing"],
  body: v.strictObject({ seller: v.exactOptional(v.strictObject(sellerFields)), ...termFields }),
  answer: Merchant,
  errors: [],
});

/** Serves the API's own description. */
export const describeApi = route({
  route: "GET /openapi.json",
  does: "Describes this API in OpenAPI 3.1.",
  roles: "none",
  answer: v.record(v.string(), v.unknown()),
  errors: [],
});
