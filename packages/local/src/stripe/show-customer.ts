import type { Customer, Method, Session, Setup } from "./things.ts";
import { noAddress, nothing } from "./wire.ts";

/** A customer on the wire. */
export function showCustomer({ id, created, email, name, locale, metadata }: Customer) {
  return {
    ...nothing("currency default_source description phone shipping test_clock"),
    id,
    object: "customer",
    address: noAddress,
    balance: 0,
    created,
    delinquent: false,
    email,
    invoice_prefix: id.slice(-8).toUpperCase(),
    invoice_settings: nothing("custom_fields default_payment_method footer rendering_options"),
    livemode: false,
    metadata,
    name,
    next_invoice_sequence: 1,
    preferred_locales: locale === null ? [] : [locale],
    tax_exempt: "none",
  };
}

/** A saved card on the wire. */
export function showMethod({ id, created, customer, last4 }: Method) {
  return {
    id,
    object: "payment_method",
    allow_redisplay: "unspecified",
    billing_details: { address: noAddress, ...nothing("email name phone tax_id") },
    card: {
      ...nothing("generated_from wallet"),
      brand: "visa",
      checks: { address_line1_check: null, address_postal_code_check: null, cvc_check: "pass" },
      country: "US",
      display_brand: "visa",
      exp_month: 8,
      exp_year: 2034,
      fingerprint: `fp${last4}`,
      funding: "credit",
      last4,
      networks: { available: ["visa"], preferred: null },
      three_d_secure_usage: { supported: true },
    },
    created,
    customer,
    livemode: false,
    metadata: {},
    type: "card",
  };
}

/** What a card is saved by, on the wire. */
export function showSetup({ id, created, customer, method, metadata }: Setup) {
  return {
    ...nothing("application automatic_payment_methods cancellation_reason description flow_directions"),
    ...nothing("last_setup_error latest_attempt mandate next_action on_behalf_of single_use_mandate"),
    id,
    object: "setup_intent",
    client_secret: `${id}_secret_local`,
    created,
    customer,
    livemode: false,
    metadata,
    payment_method: method,
    payment_method_configuration_details: null,
    payment_method_options: {},
    payment_method_types: ["card"],
    status: method === null ? "requires_payment_method" : "succeeded",
    usage: "off_session",
  };
}

/** A hosted page on the wire; where it is served is up to the server. */
export function showSession(session: Session, pageUrl: string) {
  const { id, created, expires, customer, status, metadata, setup, successUrl, cancelUrl, locale } = session;
  return {
    ...nothing("after_expiration allow_promotion_codes amount_subtotal amount_total billing_address_collection"),
    ...nothing("client_reference_id client_secret consent consent_collection currency customer_creation"),
    ...nothing("customer_details customer_email invoice invoice_creation payment_intent payment_link"),
    ...nothing("payment_method_collection payment_method_configuration_details recovered_from"),
    ...nothing("saved_payment_method_options shipping_address_collection shipping_cost submit_type"),
    ...nothing("subscription total_details ui_mode"),
    id,
    object: "checkout.session",
    automatic_tax: { enabled: false, ...nothing("liability provider status") },
    cancel_url: cancelUrl,
    created,
    custom_fields: [],
    custom_text: nothing("after_submit shipping_address submit terms_of_service_acceptance"),
    customer,
    expires_at: expires,
    livemode: false,
    locale,
    metadata,
    mode: "setup",
    payment_method_options: {},
    payment_method_types: ["card"],
    payment_status: "no_payment_required",
    phone_number_collection: { enabled: false },
    setup_intent: setup,
    shipping_options: [],
    status,
    success_url: successUrl,
    url: status === "open" ? pageUrl : null,
  };
}
