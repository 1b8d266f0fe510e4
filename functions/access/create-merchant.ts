import { createMerchant, Role } from "@farthing/access";
import { firstShardPlan } from "@farthing/metering";
import * as v from "valibot";
import { CurrencyText, Label, MerchantIdText, TimezoneText } from "../_kit/fields.ts";
import { invoked } from "../_kit/invoked.ts";
import { access } from "../_kit/services/access.ts";
import { shardPlans } from "../_kit/services/metering.ts";

const payload = v.strictObject({
  id: v.optional(MerchantIdText),
  name: Label,
  timezone: v.optional(TimezoneText, "UTC"),
  currency: v.optional(CurrencyText, "USD"),
  newKeys: v.optional(v.boolean()),
});
const Merchant = v.object({ id: v.string(), name: v.string(), timezone: v.string(), currency: v.string() });
const answer = v.object({ merchant: Merchant, keys: v.nullable(v.record(Role, v.string())) });

/** Invoked by the operator: makes a merchant and its first keys. Again, it tells the merchant and no keys. */
export const handler = invoked({ payload, answer }, async (input) => {
  const created = await createMerchant(access(), input);
  await shardPlans().startShardPlan(created.merchant.id, firstShardPlan(created.merchant.createdAt));
  return created;
});
