import * as v from "valibot";
import { DecimalText, TimeText } from "../_kit/fields.ts";

/** The group values of a line. */
export const GroupFields = v.optional(v.record(v.string(), v.string()));
/** A line of an invoice. */
export const InvoiceLine = v.object({
  id: v.string(),
  kind: v.picklist(["usage", "flat", "minimum", "charges", "adjustment", "discount", "credit", "tax", "carry"]),
  meter: v.optional(v.string()),
  group: GroupFields,
  description: v.string(),
  period: v.optional(v.object({ from: TimeText, to: TimeText })),
  quantity: v.optional(DecimalText),
  coupon: v.optional(v.string()),
  grant: v.optional(v.string()),
  draws: v.optional(
    v.pipe(
      v.array(v.object({ description: v.string(), exact: DecimalText, taken: DecimalText })),
      v.description("What each charge drew from the grant, as an amount and in the grant's own unit."),
    ),
  ),
  tax: v.optional(
    v.object({
      name: v.string(),
      rate: DecimalText,
      kind: v.picklist(["exclusive", "inclusive", "reverse_charge", "exempt"]),
      base: DecimalText,
      amount: DecimalText,
    }),
  ),
  exact: DecimalText,
  amount: DecimalText,
});
