import type { Call } from "./call.ts";
import { textOf, textsOf } from "./form.ts";
import { list } from "./list.ts";
import { invalid, missing } from "./refusal.ts";
import { showCustomer, showMethod } from "./show-customer.ts";
import type { Customer, Method } from "./things.ts";

/** POST /v1/customers */
export function createCustomer({ shelves, form, now, newId, tell }: Call) {
  const customer: Customer = {
    id: newId("cus"),
    created: now,
    email: textOf(form, "email") ?? null,
    name: textOf(form, "name") ?? null,
    locale: textsOf(form, "preferred_locales")["0"] ?? null,
    metadata: textsOf(form, "metadata"),
  };
  shelves.put("customer", customer);
  tell("customer.created", showCustomer(customer));
  return showCustomer(customer);
}

/** GET /v1/customers/{id} */
export function getCustomer(call: Call) {
  return showCustomer(customerOf(call, call.ids[0] ?? ""));
}

/** The customer of an id. Errors: `resource_missing`. */
export function customerOf({ shelves }: Pick<Call, "shelves">, id: string): Customer {
  const customer = shelves.get("customer", id);
  if (customer === undefined) throw missing("customer", id);
  return customer;
}

/** What cards with the names of Stripe's own tests do. Source: Stripe's documentation, "Test cards". */
const testCards: Readonly<Record<string, Pick<Method, "last4" | "refuses">>> = {
  pm_card_visa: { last4: "4242", refuses: null },
  pm_card_mastercard: { last4: "4444", refuses: null },
  pm_card_chargeCustomerFail: { last4: "0341", refuses: "generic_decline" },
  pm_card_visa_chargeDeclined: { last4: "0002", refuses: "generic_decline" },
  pm_card_visa_chargeDeclinedInsufficientFunds: { last4: "9995", refuses: "insufficient_funds" },
};

/** POST /v1/payment_methods/{id}/attach: one of Stripe's test cards becomes a card of the customer's own. */
export function attachMethod(call: Call) {
  const [token = ""] = call.ids;
  const customer = customerOf(call, textOf(call.form, "customer") ?? "");
  const known = call.shelves.get("method", token);
  if (known?.customer === customer.id) return showMethod(known);
  return showMethod(saveCard(call, customer.id, token));
}

/** Saves a test card for a customer. Errors: `resource_missing`. */
export function saveCard({ shelves, now, newId, tell }: Call, customer: string, token: string): Method {
  const card = testCards[token];
  if (card === undefined) throw missing("PaymentMethod", token);
  const method: Method = { id: newId("pm"), created: now, customer, ...card };
  shelves.put("method", method);
  tell("payment_method.attached", showMethod(method));
  return method;
}

/** GET /v1/payment_methods?customer=, GET /v1/customers/{id}/payment_methods */
export function listMethods(call: Call) {
  const customer = call.ids[0] ?? textOf(call.form, "customer");
  if (customer === undefined) throw invalid("Missing required param: customer.", { param: "customer" });
  customerOf(call, customer);
  const methods = call.shelves.all("method").filter((method) => method.customer === customer);
  return list(call, "/v1/payment_methods", methods, showMethod);
}
