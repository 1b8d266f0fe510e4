import * as v from "valibot";
import { CurrencyText, CustomerIdText, DecimalText, TimeText } from "../_kit/fields.ts";
import { route } from "../_kit/route.ts";

const path = v.strictObject({ id: CustomerIdText });

const CarryStep = v.pipe(
  v.object({
    seal: v.pipe(v.number(), v.integer()),
    invoice: v.optional(v.pipe(v.string(), v.description("Left out where credit notes alone changed the carry."))),
    currency: v.string(),
    credited: v.pipe(DecimalText, v.description("What credit notes took off before it was carried in.")),
    carriedIn: DecimalText,
    exact: DecimalText,
    total: DecimalText,
    carriedOut: DecimalText,
    sealedAt: TimeText,
  }),
  v.title("CarryStep"),
);

/** Lists every step of a customer's carry. */
export const listCarry = route({
  route: "GET /v1/customers/{id}/carry",
  does: "Lists what every seal carried in, billed and carried on, from the first: exact + carriedIn = total + carriedOut, and the next one carries in what this one carried out, less what was credited.",
  roles: ["read", "finance", "billing"],
  path,
  query: v.strictObject({ currency: v.optional(CurrencyText) }),
  paged: true,
  answer: CarryStep,
  errors: ["not_found"],
});

const Adjustment = v.pipe(
  v.object({
    invoice: v.string(),
    line: v.string(),
    currency: v.string(),
    meter: v.optional(v.string()),
    group: v.optional(v.record(v.string(), v.string())),
    description: v.string(),
    period: v.pipe(v.object({ from: TimeText, to: TimeText }), v.description("The period that was billed before.")),
    quantity: v.optional(DecimalText),
    exact: DecimalText,
    amount: DecimalText,
    adjusts: v.pipe(
      v.array(v.string()),
      v.description("The invoices that billed the same price for the period before."),
    ),
    sealedAt: TimeText,
  }),
  v.title("Adjustment"),
);

/** Lists a customer's adjustments. */
export const listAdjustments = route({
  route: "GET /v1/customers/{id}/adjustments",
  does: "Lists what late and voided events changed in periods that were billed, newest first, with the invoices that had billed them.",
  roles: ["read", "finance", "billing"],
  path,
  paged: true,
  answer: Adjustment,
  errors: ["not_found"],
});
