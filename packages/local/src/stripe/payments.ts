import { checkAmount, feeOf } from "./amounts.ts";
import type { Call } from "./call.ts";
import { customerOf } from "./customers.ts";
import { textOf, textsOf } from "./form.ts";
import { list } from "./list.ts";
import { invalid, missing, Refusal } from "./refusal.ts";
import { showCharge, showMovement, showPayment } from "./show-payment.ts";
import type { Charge, Decline, Method, Payment } from "./things.ts";

const largestMetadata = { keys: 50, name: 40, value: 500 };

/** Checks free words. Source: Stripe's API, "Metadata". */
function metadataOf({ form }: Call): Readonly<Record<string, string>> {
  const metadata = textsOf(form, "metadata");
  const { keys, name, value } = largestMetadata;
  if (Object.keys(metadata).length > keys) throw invalid("Metadata has up to 50 keys.", { param: "metadata" });
  for (const [key, text] of Object.entries(metadata))
    if (key.length > name || text.length > value)
      throw invalid("Metadata values have up to 500 characters, keys up to 40.", { param: `metadata[${key}]` });
  return metadata;
}

/** POST /v1/payment_intents: asks for a payment, and takes nothing yet. */
export function createPayment(call: Call) {
  const { shelves, form, now, newId, tell, expand } = call;
  if (textOf(form, "confirm") === "true") throw invalid("This server confirms payments by themselves.");
  const [amount, currency] = [Number(textOf(form, "amount")), textOf(form, "currency") ?? ""];
  if (!/^[a-z]{3}$/.test(currency)) throw invalid("Invalid currency.", { param: "currency" });
  checkAmount(amount, currency);
  const payment: Payment = {
    id: newId("pi"),
    created: now,
    amount,
    currency,
    customer: customerOf(call, textOf(form, "customer") ?? "").id,
    description: textOf(form, "description") ?? null,
    metadata: metadataOf(call),
    status: "requires_payment_method",
    method: null,
    charge: null,
    decline: null,
    canceledAt: null,
  };
  shelves.put("payment", payment);
  tell("payment_intent.created", showPayment(shelves, payment));
  return showPayment(shelves, payment, expand);
}

/** The payment of an id. Errors: `resource_missing`. */
export function paymentOf({ shelves }: Pick<Call, "shelves">, id: string): Payment {
  const payment = shelves.get("payment", id);
  if (payment === undefined) throw missing("payment_intent", id);
  return payment;
}

/** GET /v1/payment_intents/{id} */
export function getPayment(call: Call) {
  return showPayment(call.shelves, paymentOf(call, call.ids[0] ?? ""), call.expand);
}

/** GET /v1/payment_intents */
export function listPayments(call: Call) {
  const customer = textOf(call.form, "customer");
  const all = call.shelves.all("payment");
  const payments = customer === undefined ? all : all.filter((payment) => payment.customer === customer);
  return list(call, "/v1/payment_intents", payments, (payment, expand) => showPayment(call.shelves, payment, expand));
}

/** POST /v1/payment_intents/{id}/cancel */
export function cancelPayment(call: Call) {
  const payment = paymentOf(call, call.ids[0] ?? "");
  if (payment.status !== "requires_payment_method") throw unexpected(call, payment, "cancel");
  const canceled: Payment = { ...payment, status: "canceled", canceledAt: call.now };
  call.shelves.put("payment", canceled);
  call.tell("payment_intent.canceled", showPayment(call.shelves, canceled));
  return showPayment(call.shelves, canceled, call.expand);
}

function unexpected({ shelves }: Call, payment: Payment, what: string): Refusal {
  return new Refusal(400, {
    type: "invalid_request_error",
    code: "payment_intent_unexpected_state",
    message: `You cannot ${what} this PaymentIntent because it has a status of ${payment.status}.`,
    payment_intent: showPayment(shelves, payment),
  });
}

/** POST /v1/payment_intents/{id}/confirm: takes the payment from a saved card, at most once. */
export function confirmPayment(call: Call) {
  const { shelves, form } = call;
  const payment = paymentOf(call, call.ids[0] ?? "");
  if (payment.status !== "requires_payment_method") throw unexpected(call, payment, "confirm");
  const id = textOf(form, "payment_method") ?? "";
  const method = shelves.get("method", id);
  if (method === undefined) throw missing("PaymentMethod", id);
  if (method.customer !== payment.customer) throw invalid("The card belongs to another customer.");
  const decline = declineOf(call, method);
  return decline === null ? takeMoney(call, payment, method) : refuseMoney(call, { payment, method, decline });
}

function declineOf({ declines }: Call, { refuses }: Method): Decline | null {
  const declineCode = refuses ?? (declines ? "generic_decline" : null);
  return declineCode === null ? null : { code: "card_declined", declineCode, message: "Your card was declined." };
}

function chargeFor({ now, newId }: Call, payment: Payment, method: Method) {
  const { id, amount, currency, customer, metadata } = payment;
  const common = { created: now, payment: id, amount, refunded: 0, currency, customer, method: method.id };
  return { ...common, id: newId("ch"), metadata };
}

function takeMoney(call: Call, payment: Payment, method: Method) {
  const { shelves, now, newId, tell, expand } = call;
  const movement = newId("txn");
  const charge: Charge = { ...chargeFor(call, payment, method), movement, decline: null };
  const { amount, currency } = payment;
  const fee = feeOf(amount, currency);
  shelves.put("charge", charge);
  shelves.put("movement", { id: movement, created: now, amount, fee, currency, kind: "charge", source: charge.id });
  const paid: Payment = { ...payment, status: "succeeded", method: method.id, charge: charge.id, decline: null };
  shelves.put("payment", paid);
  tell("charge.succeeded", showCharge(shelves, charge));
  tell("payment_intent.succeeded", showPayment(shelves, paid));
  return showPayment(shelves, paid, expand);
}

interface Refused {
  readonly payment: Payment;
  readonly method: Method;
  readonly decline: Decline;
}

function refuseMoney(call: Call, { payment, method, decline }: Refused): never {
  const { shelves, tell } = call;
  const charge: Charge = { ...chargeFor(call, payment, method), movement: null, decline };
  shelves.put("charge", charge);
  const refused: Payment = { ...payment, charge: charge.id, decline };
  shelves.put("payment", refused);
  tell("charge.failed", showCharge(shelves, charge));
  tell("payment_intent.payment_failed", showPayment(shelves, refused));
  const { code, declineCode, message } = decline;
  throw new Refusal(402, {
    type: "card_error",
    code,
    ...(declineCode === null ? {} : { decline_code: declineCode }),
    message,
    payment_intent: showPayment(shelves, refused),
  });
}

/** GET /v1/balance_transactions */
export function listMovements(call: Call) {
  const { shelves } = call;
  const all = shelves.all("movement");
  return list(call, "/v1/balance_transactions", all, (movement, expand) => showMovement(shelves, movement, expand));
}
