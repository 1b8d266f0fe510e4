import type { Call } from "./call.ts";
import { textOf, textsOf } from "./form.ts";
import { list } from "./list.ts";
import { paymentOf } from "./payments.ts";
import { invalid } from "./refusal.ts";
import { showCharge, showRefund } from "./show-payment.ts";
import type { Refund } from "./things.ts";

/** POST /v1/refunds: gives back all or part of a payment that was taken. */
export function createRefund(call: Call) {
  const { shelves, form, now, newId, tell } = call;
  const payment = paymentOf(call, textOf(form, "payment_intent") ?? "");
  const charge = shelves.get("charge", payment.charge);
  if (payment.status !== "succeeded" || charge === undefined)
    throw invalid("This PaymentIntent does not have a successful charge to refund.");
  const left = charge.amount - charge.refunded;
  const amount = Number(textOf(form, "amount") ?? left);
  if (!Number.isInteger(amount) || amount < 1) throw invalid("Invalid integer", { param: "amount" });
  if (left === 0) throw invalid("Charge has already been refunded.", { code: "charge_already_refunded" });
  if (amount > left) throw invalid("Refund amount is greater than what is left of the charge.", { param: "amount" });
  const { currency } = payment;
  const refund: Refund = {
    id: newId("re"),
    created: now,
    amount,
    currency,
    payment: payment.id,
    charge: charge.id,
    metadata: textsOf(form, "metadata"),
    movement: newId("txn"),
  };
  const movement = { id: refund.movement, created: now, amount: -amount, fee: 0, currency, source: refund.id } as const;
  shelves.put("refund", refund);
  shelves.put("movement", { ...movement, kind: "refund" });
  shelves.put("charge", { ...charge, refunded: charge.refunded + amount });
  tell("charge.refunded", showCharge(shelves, { ...charge, refunded: charge.refunded + amount }));
  tell("refund.created", showRefund(shelves, refund));
  return showRefund(shelves, refund, call.expand);
}

/** GET /v1/refunds */
export function listRefunds(call: Call) {
  const payment = textOf(call.form, "payment_intent");
  const all = call.shelves.all("refund");
  return list(
    call,
    "/v1/refunds",
    payment === undefined ? all : all.filter((refund) => refund.payment === payment),
    (refund, expand) => showRefund(call.shelves, refund, expand),
  );
}
