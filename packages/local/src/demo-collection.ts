import { FarthingClient } from "@farthing/sdk";
import * as v from "valibot";
import type { DemoOptions } from "./demo.ts";
import { demoCustomers } from "./demo-data.ts";

/** Cards of Stripe's tests: most customers have one that works, one has one that is declined, and one has none. */
const cards: Readonly<Record<string, string | undefined>> = {
  "bengaluru-labs": "pm_card_chargeCustomerFail",
  "dar-al-shorouk": undefined,
};

const Made = v.object({ id: v.string() });

async function ask(stripe: string, path: string, fields: Readonly<Record<string, string>>): Promise<string> {
  const key = `demo ${path} ${fields["metadata[customer]"] ?? fields.customer ?? ""}`;
  const response = await fetch(`${stripe}${path}`, {
    method: "POST",
    headers: { authorization: "Bearer sk_test_demo", "idempotency-key": key },
    body: new URLSearchParams(fields).toString(),
  });
  return v.parse(Made, await response.json()).id;
}

/**
 * Lets the demo's merchant collect, and gives its customers cards.
 *
 * Errors: throws when the API or what answers for Stripe refuses something.
 */
export async function collectDemo({ api, keys }: DemoOptions, stripe: string): Promise<void> {
  const client = new FarthingClient({ key: keys.admin, url: api });
  const response = await fetch(`${api}/v1/merchant`, {
    method: "PUT",
    headers: { authorization: `Bearer ${keys.admin}`, "content-type": "application/json" },
    body: JSON.stringify({ collection: { retryDays: [1, 3, 5, 7], writeOffDays: 30 } }),
  });
  if (!response.ok) throw new Error(`the API answers ${response.status} when it is told how to collect`);
  for (const { id, content } of demoCustomers) {
    const card = id in cards ? cards[id] : "pm_card_visa";
    if (content === undefined || card === undefined) continue;
    const customer = await ask(stripe, "/v1/customers", { "metadata[customer]": id });
    await ask(stripe, `/v1/payment_methods/${card}/attach`, { customer });
    await client.customers.put(id, { ...content, metadata: { stripeCustomer: customer } });
  }
}
