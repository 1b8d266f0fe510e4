import type { Shelves } from "./shelves.ts";
import type { Charge, Decline, Happening, Movement, Payment, Refund } from "./things.ts";
import { type Expand, inside, noAddress, nothing, type Wire } from "./wire.ts";

/** A payment on the wire. */
export function showPayment(shelves: Shelves, payment: Payment, expand: Expand = []): Wire {
  const { id, created, amount, currency, customer, description, metadata, status, method, decline } = payment;
  const charge = shelves.get("charge", payment.charge);
  const deeper = inside(expand, "latest_charge");
  const shown = charge === undefined || deeper === undefined ? payment.charge : showCharge(shelves, charge, deeper);
  return {
    ...nothing("application application_fee_amount cancellation_reason next_action on_behalf_of"),
    ...nothing("payment_method_configuration_details processing receipt_email review setup_future_usage"),
    ...nothing("shipping source statement_descriptor statement_descriptor_suffix transfer_data transfer_group"),
    id,
    object: "payment_intent",
    amount,
    amount_capturable: 0,
    amount_details: { tip: {} },
    amount_received: status === "succeeded" ? amount : 0,
    automatic_payment_methods: { enabled: true },
    canceled_at: payment.canceledAt,
    capture_method: "automatic",
    client_secret: `${id}_secret_local`,
    confirmation_method: "automatic",
    created,
    currency,
    customer,
    description,
    last_payment_error: decline === null ? null : showDecline(decline),
    latest_charge: shown,
    livemode: false,
    metadata,
    payment_method: method,
    payment_method_options: {},
    payment_method_types: ["card"],
    status,
  };
}

function showDecline({ code, declineCode, message }: Decline) {
  return { code, ...(declineCode === null ? {} : { decline_code: declineCode }), message, type: "card_error" };
}

/** One try at a payment on the wire. */
export function showCharge(shelves: Shelves, charge: Charge, expand: Expand = []): Wire {
  const { id, created, amount, refunded, currency, customer, method, metadata, payment, decline } = charge;
  const movement = shelves.get("movement", charge.movement);
  const whole = movement !== undefined && inside(expand, "balance_transaction") !== undefined;
  const paid = decline === null;
  return {
    ...nothing("application application_fee application_fee_amount calculated_statement_descriptor description"),
    ...nothing("failure_balance_transaction on_behalf_of outcome payment_method_details receipt_email receipt_number"),
    ...nothing("receipt_url review shipping source_transfer statement_descriptor statement_descriptor_suffix"),
    ...nothing("transfer_data transfer_group"),
    id,
    object: "charge",
    amount,
    amount_captured: paid ? amount : 0,
    amount_refunded: refunded,
    balance_transaction: whole ? showMovement(shelves, movement) : charge.movement,
    billing_details: { address: noAddress, ...nothing("email name phone tax_id") },
    captured: paid,
    created,
    currency,
    customer,
    disputed: false,
    failure_code: decline?.code ?? null,
    failure_message: decline?.message ?? null,
    fraud_details: {},
    livemode: false,
    metadata,
    paid,
    payment_intent: payment,
    payment_method: method,
    refunded: paid && refunded === amount,
    status: paid ? "succeeded" : "failed",
  };
}

/** A refund on the wire. */
export function showRefund(shelves: Shelves, refund: Refund, expand: Expand = []): Wire {
  const { id, created, amount, currency, payment, charge, metadata, movement } = refund;
  const found = shelves.get("movement", movement);
  const whole = found !== undefined && inside(expand, "balance_transaction") !== undefined;
  return {
    ...nothing("reason receipt_number source_transfer_reversal transfer_reversal"),
    id,
    object: "refund",
    amount,
    balance_transaction: whole ? showMovement(shelves, found) : movement,
    charge,
    created,
    currency,
    destination_details: { card: { type: "refund" }, type: "card" },
    metadata,
    payment_intent: payment,
    status: "succeeded",
  };
}

/** A movement of the balance on the wire. */
export function showMovement(shelves: Shelves, movement: Movement, expand: Expand = []): Wire {
  const { id, created, amount, fee, currency, kind, source } = movement;
  const detail = {
    amount: fee,
    application: null,
    currency,
    description: "Stripe processing fees",
    type: "stripe_fee",
  };
  return {
    ...nothing("description exchange_rate"),
    id,
    object: "balance_transaction",
    amount,
    available_on: created,
    balance_type: "payments",
    created,
    currency,
    fee,
    fee_details: fee === 0 ? [] : [detail],
    net: amount - fee,
    reporting_category: kind,
    source: inside(expand, "source") === undefined ? source : sourceOf(shelves, source),
    status: "available",
    type: kind,
  };
}

function sourceOf(shelves: Shelves, id: string): string | Wire {
  const [charge, refund] = [shelves.get("charge", id), shelves.get("refund", id)];
  if (charge !== undefined) return showCharge(shelves, charge);
  return refund === undefined ? id : showRefund(shelves, refund);
}

/** Something that happened, on the wire. */
export function showHappening({ id, created, type, object, request }: Happening) {
  return {
    id,
    object: "event",
    api_version: null,
    created,
    data: { object },
    livemode: false,
    pending_webhooks: 0,
    request: { id: request.id, idempotency_key: request.key },
    type,
  };
}
