import { existsSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import { describe, expect, test } from "vitest";
import { openStripe } from "./server.ts";

const shared = process.env.FARTHING_SHARED ?? resolve(import.meta.dirname, "../../../../../shared");
const file = resolve(shared, "data/stripe-fixtures3.json");
const there = existsSync(file);
if (!there) console.warn(`SKIPPED: the shapes of Stripe's objects are not compared, for ${file} is not there.`);

type Thing = Readonly<Record<string, unknown>>;

/** What a newer version of the API no longer shows, or shows only where it is asked for. */
const notShown: Readonly<Record<string, readonly string[]>> = {
  customer: ["discount", "customer_account"],
  payment_intent: ["customer_account", "excluded_payment_method_types", "managed_payments"],
  payment_method: ["customer_account"],
  charge: ["source", "refunds"],
  refund: ["customer", "customer_account", "payment_method"],
  setup_intent: ["customer_account", "excluded_payment_method_types"],
  "checkout.session": [
    "adaptive_pricing",
    "collected_information",
    "currency_conversion",
    "customer_account",
    "discounts",
    "integration_identifier",
    "managed_payments",
    "origin_context",
    "permissions",
    "wallet_options",
  ],
};

function kindOf(value: unknown): string {
  return Array.isArray(value) ? "list" : value === null ? "null" : typeof value;
}

/** Where two objects differ in which fields they have and what those hold; null stands for anything. */
function differences(ours: Thing, theirs: Thing, path: string, left: readonly string[] = []): readonly string[] {
  const missing = Object.keys(theirs).filter((name) => !(name in ours) && !left.includes(name));
  const strange = Object.keys(ours).filter((name) => !(name in theirs));
  const inner = Object.keys(ours).flatMap((name): readonly string[] => {
    const [mine, other] = [ours[name], theirs[name]];
    const kinds = [kindOf(mine), kindOf(other)];
    if (!(name in theirs) || kinds.includes("null") || name === "metadata") return [];
    // A field that can be expanded holds an id or the thing itself.
    if (kinds[0] !== kinds[1]) return kinds.includes("string") ? [] : [`${path}.${name} is a ${kinds.join(" not a ")}`];
    const deeper = kinds[0] === "object" && name !== "object" && path.split(".").length < 2;
    return deeper ? differences(Object(mine), Object(other), `${path}.${name}`, innerLeft) : [];
  });
  return [
    ...missing.map((name) => `${path}.${name} is missing`),
    ...strange.map((name) => `${path}.${name} is new`),
    ...inner,
  ];
}

/** Fields of inner objects that are there only with something in them. */
const innerLeft = ["regulated_status", "footer", "custom_fields"];

/** One of each object that the server shows, by asking it as a client does. */
function shownObjects(): Readonly<Record<string, Thing>> {
  const stripe = openStripe({ clock: { now: () => Date.UTC(2026, 10, 26) } });
  const ask = (method: string, path: string, body = ""): Thing => {
    const authorization = "Bearer sk_test_x";
    const query = method === "GET" ? body : "";
    const outcome = stripe.handle({ method, path, query, body, authorization, idempotencyKey: undefined });
    return Object(outcome.kind === "answer" ? outcome.body : {});
  };
  const first = (list: Thing): Thing => Object(Object(list.data)[0]);
  const customer = ask("POST", "/v1/customers", "email=a@b.example&preferred_locales[]=ko&metadata[x]=y");
  const method = ask("POST", "/v1/payment_methods/pm_card_visa/attach", `customer=${customer.id}`);
  const payment = ask("POST", "/v1/payment_intents", `amount=500&currency=usd&customer=${customer.id}`);
  const confirm = `payment_method=${method.id}&off_session=true&expand[]=latest_charge.balance_transaction`;
  const taken = ask("POST", `/v1/payment_intents/${payment.id}/confirm`, confirm);
  const charge: Thing = Object(taken.latest_charge);
  const session = ask(
    "POST",
    "/v1/checkout/sessions",
    `mode=setup&customer=${customer.id}&success_url=https://x.example`,
  );
  stripe.complete(String(session.id), "pm_card_visa");
  const refund = ask("POST", "/v1/refunds", `payment_intent=${payment.id}&amount=100`);
  const setup = first(ask("GET", "/v1/events", "type=setup_intent.succeeded")).data;
  return {
    customer,
    payment_method: method,
    payment_intent: payment,
    charge,
    balance_transaction: Object(charge.balance_transaction),
    refund,
    "checkout.session": session,
    setup_intent: Object(Object(setup).object),
    event: first(ask("GET", "/v1/events")),
  };
}

describe.skipIf(!there)("what the server shows has the shape that Stripe publishes", () => {
  const theirs: Readonly<Record<string, Thing>> = there ? JSON.parse(readFileSync(file, "utf8")).resources : {};

  test.for(Object.entries(shownObjects()))("%s", ([kind, ours]) => {
    expect(ours.object).toBe(kind);
    expect(differences(ours, theirs[kind] ?? {}, kind, notShown[kind])).toEqual([]);
  });
});
