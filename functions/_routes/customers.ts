import { CountryText } from "@farthing/pricing";
import * as v from "valibot";
import { Address, CustomerIdText, DecimalText, Label, TimeText } from "../_kit/fields.ts";
import { route } from "../_kit/route.ts";

/** A share of at most the whole. */
const TaxRateText = v.pipe(
  v.string(),
  v.regex(/^(?:0(?:\.\d{1,12})?|1)$/, "A rate is a share from 0 to 1 with at most 12 decimals."),
);

const Count = v.pipe(v.number(), v.integer());
const Text = v.pipe(v.string(), v.maxLength(500));
const Amount = v.pipe(
  v.string(),
  v.regex(/^\d{1,12}(?:\.\d{1,12})?$/, "An amount has up to 12 decimals, and no sign."),
);
const Collect = v.strictObject({
  atAmount: v.exactOptional(Amount),
  afterDays: v.exactOptional(v.pipe(Count, v.minValue(1), v.maxValue(3650))),
  atPeriodEnd: v.exactOptional(v.boolean()),
  withinPeriodAt: v.exactOptional(Amount),
});
const customerFields = {
  name: v.optional(Label),
  email: v.optional(v.pipe(v.string(), v.email(), v.maxLength(254))),
  currency: v.optional(v.string()),
  timezone: v.optional(v.string()),
  plan: v.optional(v.string()),
  address: v.optional(Address),
  taxId: v.optional(Label),
  country: v.optional(CountryText),
  taxStatus: v.pipe(
    v.optional(v.picklist(["taxable", "exempt", "reverse_charge"])),
    v.description("Whether it bears tax, is exempt, or accounts for the tax by itself; taxable by default."),
  ),
  taxRate: v.pipe(
    v.optional(TaxRateText),
    v.description("A rate of its own, in place of its country's: 0.19 is 19 percent."),
  ),
  language: v.pipe(
    v.optional(v.picklist(["en", "ko"])),
    v.description("The language of its invoices; English by default."),
  ),
  paymentTermsDays: v.optional(
    v.pipe(Count, v.minValue(0), v.maxValue(365), v.description("Days from seal to due; the merchant's by default.")),
  ),
  collect: v.optional(
    v.pipe(Collect, v.description("When its balance is asked for, and not carried on; its plan's policy by default.")),
  ),
  metadata: v.optional(v.pipe(v.record(v.pipe(v.string(), v.maxLength(64)), Text), v.maxEntries(50))),
};

const Customer = v.pipe(
  v.object({
    id: v.string(),
    ...customerFields,
    known: v.pipe(v.boolean(), v.description("False while the customer was only seen in events.")),
    createdAt: TimeText,
    updatedAt: TimeText,
  }),
  v.title("Customer"),
);

/** Creates or replaces a customer. */
export const putCustomer = route({
  route: "PUT /v1/customers/{id}",
  does: "Creates or replaces a customer; a plan becomes its subscription.",
  roles: ["billing"],
  path: v.strictObject({ id: CustomerIdText }),
  body: v.strictObject(customerFields),
  answer: Customer,
  errors: ["unknown_timezone", "unknown_currency", "unknown_plan"],
});

/** Shows a customer. */
export const getCustomer = route({
  route: "GET /v1/customers/{id}",
  does: "Shows a customer.",
  roles: ["read"],
  path: v.strictObject({ id: CustomerIdText }),
  answer: Customer,
  errors: ["not_found"],
});

/** Lists customers. */
export const listCustomers = route({
  route: "GET /v1/customers",
  does: "Lists customers in order of their ids, those only seen in events with them.",
  roles: ["read"],
  paged: true,
  answer: Customer,
  errors: [],
});

const Balances = v.pipe(
  v.object({
    customer: v.string(),
    balances: v.array(
      v.object({
        currency: v.string(),
        due: v.pipe(DecimalText, v.description("What open invoices still ask for.")),
        paid: DecimalText,
        refunds: v.pipe(DecimalText, v.description("What credit notes made refunds to make.")),
        credited: v.pipe(DecimalText, v.description("What credit notes gave back, in whatever way.")),
        voided: DecimalText,
        uncollectible: DecimalText,
        held: DecimalText,
        prepaid: DecimalText,
        carried: DecimalText,
        unbilled: v.pipe(DecimalText, v.description("What rolled usage comes to that no invoice billed yet.")),
      }),
    ),
    asOf: TimeText,
  }),
  v.title("Balances"),
);

/** Shows what a customer owes. */
export const getBalance = route({
  route: "GET /v1/customers/{id}/balance",
  does: "Shows what is due, held, prepaid, carried and not billed yet, now.",
  roles: ["read"],
  path: v.strictObject({ id: CustomerIdText }),
  answer: Balances,
  errors: ["not_found"],
});
