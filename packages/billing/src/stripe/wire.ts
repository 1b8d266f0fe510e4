import { type CurrencyCode, currency } from "@farthing/money";
import * as v from "valibot";
import type { Movement, MovementFor, RailPayment, RailRefund } from "../payment-rail.ts";
import { fromRail, stripeCurrencies } from "../rail-currency.ts";

const Amount = v.pipe(v.number(), v.safeInteger());
const Seconds = v.pipe(
  v.number(),
  v.transform((seconds) => seconds * 1000),
);
const Currency = v.pipe(
  v.string(),
  v.transform((code): CurrencyCode => currency(code.toUpperCase())),
);
const Ours = v.record(v.string(), v.string());

const Transaction = v.object({
  id: v.string(),
  amount: Amount,
  fee: Amount,
  currency: Currency,
  created: Seconds,
});

const Charge = v.object({ id: v.string(), balance_transaction: v.nullish(v.union([v.string(), Transaction])) });

/** A payment as Stripe answers it, with its charge and what that did to the balance. */
const Payment = v.object({
  id: v.string(),
  status: v.string(),
  amount: Amount,
  currency: Currency,
  created: Seconds,
  metadata: Ours,
  latest_charge: v.nullish(v.union([v.string(), Charge])),
  last_payment_error: v.nullish(v.object({ code: v.nullish(v.string()), decline_code: v.nullish(v.string()) })),
});

const Refund = v.object({
  id: v.string(),
  status: v.nullish(v.string()),
  metadata: v.nullish(Ours),
  balance_transaction: v.nullish(v.union([v.string(), Transaction])),
});

const Source = v.object({
  object: v.string(),
  metadata: v.nullish(Ours),
  payment_intent: v.nullish(v.union([v.string(), v.object({ id: v.string() })])),
});

const SourcedTransaction = v.object({
  ...Transaction.entries,
  type: v.string(),
  source: v.nullish(v.union([v.string(), Source])),
});

function movementOf(found: v.InferOutput<typeof Transaction> | string | null | undefined): Movement | undefined {
  if (typeof found !== "object" || found === null) return undefined;
  const { id, amount, fee, currency: code, created } = found;
  const money = (count: number) => fromRail(stripeCurrencies, BigInt(count), code);
  return { id, amount: money(amount), fee: money(fee), currency: code, at: created };
}

const statuses: Readonly<Record<string, RailPayment["status"]>> = {
  requires_payment_method: "open",
  requires_confirmation: "open",
  requires_action: "open",
  processing: "processing",
  succeeded: "succeeded",
  canceled: "closed",
};

/** Reads a payment. Errors: throws where it is none. */
export function paymentFrom(reply: unknown): RailPayment {
  const { id, status, amount, currency: code, created, metadata, ...rest } = v.parse(Payment, reply);
  const charge = typeof rest.latest_charge === "object" ? rest.latest_charge : undefined;
  const error = rest.last_payment_error;
  return {
    id,
    status: statuses[status] ?? "processing",
    amount: fromRail(stripeCurrencies, BigInt(amount), code),
    currency: code,
    createdAt: created,
    merchant: metadata.merchant,
    invoice: metadata.invoice,
    charge: charge?.id ?? (typeof rest.latest_charge === "string" ? rest.latest_charge : undefined),
    decline: error?.decline_code ?? error?.code ?? undefined,
    movement: movementOf(charge?.balance_transaction),
  };
}

/** Reads a refund. Errors: throws where it is none. */
export function refundFrom(reply: unknown): RailRefund {
  const { id, status, metadata, balance_transaction: transaction } = v.parse(Refund, reply);
  const failed = status === "failed" || status === "canceled";
  return {
    id,
    key: metadata?.refund,
    status: failed ? "failed" : status === "succeeded" ? "done" : "pending",
    movement: movementOf(transaction),
  };
}

/** Reads a movement of the balance with what it is for. Errors: throws where it is none. */
export function movementFrom(reply: unknown): MovementFor {
  const { type, source, ...transaction } = v.parse(SourcedTransaction, reply);
  const movement = movementOf(transaction);
  if (movement === undefined) throw new Error("a movement without an amount");
  const of = typeof source === "object" && source !== null ? source : undefined;
  const payment = typeof of?.payment_intent === "object" ? of.payment_intent?.id : of?.payment_intent;
  const kind = type === "charge" || type === "payment" ? "payment" : type.includes("refund") ? "refund" : "other";
  const { merchant, invoice } = of?.metadata ?? {};
  return { ...movement, kind, merchant, invoice, payment };
}

const Id = v.object({ id: v.string() });

/** Reads the id of any object. Errors: throws where it has none. */
export function idFrom(reply: unknown): string {
  return v.parse(Id, reply).id;
}

const List = v.object({ data: v.array(v.unknown()), has_more: v.boolean() });

/** Reads a page of a list, and after which object it goes on. Errors: throws where it is none. */
export function pageFrom<T extends { readonly id: string }>(
  reply: unknown,
  read: (item: unknown) => T,
): { readonly items: readonly T[]; readonly next?: string } {
  const { data, has_more: more } = v.parse(List, reply);
  const items = data.map(read);
  const last = items.at(-1);
  return more && last !== undefined ? { items, next: last.id } : { items };
}

const Session = v.object({ url: v.string() });

/** Reads the address of a hosted page. Errors: throws where it has none. */
export function addressFrom(reply: unknown): string {
  return v.parse(Session, reply).url;
}
