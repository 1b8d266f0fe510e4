import type { Operation } from "./call.ts";
import { attachMethod, createCustomer, getCustomer, listMethods } from "./customers.ts";
import { textOf } from "./form.ts";
import { list } from "./list.ts";
import { cancelPayment, confirmPayment, createPayment, getPayment, listMovements, listPayments } from "./payments.ts";
import { createRefund, listRefunds } from "./refunds.ts";
import { createSession, getSession } from "./sessions.ts";
import { showHappening } from "./show-payment.ts";

const listHappenings: Operation = (call) => {
  const type = textOf(call.form, "type");
  const all = call.shelves.all("happening");
  return list(call, "/v1/events", type === undefined ? all : all.filter((one) => one.type === type), showHappening);
};

/** The operations by method and path, in which `*` is an id; their names are what scripts call them. */
const operations: readonly (readonly [route: string, name: string, operation: Operation])[] = [
  ["POST /v1/customers", "customers.create", createCustomer],
  ["GET /v1/customers/*", "customers.retrieve", getCustomer],
  ["GET /v1/customers/*/payment_methods", "payment_methods.list", listMethods],
  ["GET /v1/payment_methods", "payment_methods.list", listMethods],
  ["POST /v1/payment_methods/*/attach", "payment_methods.attach", attachMethod],
  ["POST /v1/checkout/sessions", "checkout.sessions.create", createSession],
  ["GET /v1/checkout/sessions/*", "checkout.sessions.retrieve", getSession],
  ["POST /v1/payment_intents", "payment_intents.create", createPayment],
  ["GET /v1/payment_intents", "payment_intents.list", listPayments],
  ["GET /v1/payment_intents/*", "payment_intents.retrieve", getPayment],
  ["POST /v1/payment_intents/*/confirm", "payment_intents.confirm", confirmPayment],
  ["POST /v1/payment_intents/*/cancel", "payment_intents.cancel", cancelPayment],
  ["POST /v1/refunds", "refunds.create", createRefund],
  ["GET /v1/refunds", "refunds.list", listRefunds],
  ["GET /v1/balance_transactions", "balance_transactions.list", listMovements],
  ["GET /v1/events", "events.list", listHappenings],
];

/** An operation that was found for a request. */
export interface Found {
  readonly name: string;
  readonly operation: Operation;
  readonly ids: readonly string[];
}

/** The operation of a method and a path. */
export function findOperation(method: string, path: string): Found | undefined {
  for (const [route, name, operation] of operations) {
    const pattern = new RegExp(`^${route.replaceAll(".", "\\.").replaceAll("*", "([^/]+)")}$`);
    const match = pattern.exec(`${method} ${path}`);
    if (match !== null) return { name, operation, ids: match.slice(1).map(decodeURIComponent) };
  }
  return undefined;
}
