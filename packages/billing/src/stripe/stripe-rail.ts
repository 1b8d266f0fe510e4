import type { CurrencyCode, Picos } from "@farthing/money";
import Stripe from "stripe";
import type { PaymentRail, RailPayment, RailRange, RailReply } from "../payment-rail.ts";
import { railCount, stripeCurrencies } from "../rail-currency.ts";
import { ask, keyed } from "./ask.ts";
import { addressFrom, idFrom, movementFrom, pageFrom, paymentFrom, refundFrom } from "./wire.ts";

/** How Stripe is reached. Units: milliseconds. */
export interface StripeParts {
  readonly secretKey: string;
  /** Another host answers for Stripe, as on one machine. */
  readonly host?: string | undefined;
  readonly port?: string | undefined;
  readonly protocol?: "http" | "https" | undefined;
  readonly timeoutMs?: number | undefined;
  /** How often the client itself asks again, under the same key. */
  readonly retries?: number | undefined;
  readonly fetch?: typeof fetch | undefined;
  /** Where a customer goes from a hosted page. */
  readonly returnUrl?: string | undefined;
}

const charge = ["latest_charge.balance_transaction"];
const page = 100;

/** Payments through Stripe, of the key's own account and of those connected to it. */
export function stripeRails(parts: StripeParts): (account: string | undefined) => PaymentRail {
  const { secretKey, host, port, protocol, timeoutMs = 20_000, retries = 1, returnUrl } = parts;
  const client = new Stripe(secretKey, {
    timeout: timeoutMs,
    maxNetworkRetries: retries,
    telemetry: false,
    ...(host === undefined ? {} : { host }),
    ...(port === undefined ? {} : { port }),
    ...(protocol === undefined ? {} : { protocol }),
    ...(parts.fetch === undefined ? {} : { httpClient: Stripe.createFetchHttpClient(parts.fetch) }),
  });
  return (account) => stripeRail(client, account, returnUrl);
}

type Options = { readonly stripeAccount?: string; readonly idempotencyKey?: string };

function stripeRail(client: Stripe, account: string | undefined, returnUrl: string | undefined): PaymentRail {
  const at: Options = account === undefined ? {} : { stripeAccount: account };
  return {
    ...customersAt(client, at, returnUrl),
    ...paymentsAt(client, at),
    ...listsAt(client, at),
    refund: ({ payment, amount, currency, metadata, key }) =>
      ask(
        () =>
          client.refunds.create(
            { payment_intent: payment, amount: units(amount, currency), metadata, expand: ["balance_transaction"] },
            { ...at, ...keyed(key) },
          ),
        refundFrom,
      ),
    findRefunds: async (payment) => {
      const expand = ["data.balance_transaction"];
      const found = await ask(
        () => client.refunds.list({ payment_intent: payment, limit: page, expand }, at),
        (reply) => pageFrom(reply, refundFrom).items,
      );
      return found;
    },
  };
}

/** Errors: throws on an amount that the table would have refused before. */
function units(amount: Picos, currency: CurrencyCode): number {
  const count = railCount(stripeCurrencies, amount, currency);
  if (count === undefined) throw new Error("an amount that Stripe cannot be told");
  return Number(count);
}

type Customers = Pick<PaymentRail, "createCustomer" | "savedMethod" | "openPage">;

function customersAt(client: Stripe, at: Options, returnUrl = "https://stripe.com"): Customers {
  return {
    createCustomer: ({ merchant, customer, name, email, language }, key) => {
      const known = { ...(name === undefined ? {} : { name }), ...(email === undefined ? {} : { email }) };
      const params = { ...known, preferred_locales: [language], metadata: { merchant, customer } };
      return ask(() => client.customers.create(params, { ...at, ...keyed(key) }), idFrom);
    },
    savedMethod: (customer) =>
      ask(
        () => client.paymentMethods.list({ customer, limit: 1 }, at),
        (reply) => pageFrom(reply, (item) => ({ id: idFrom(item) })).items[0]?.id,
      ),
    openPage: ({ customer, currency, language, metadata }) => {
      const saved = { metadata, setup_intent_data: { metadata } };
      const params = { mode: "setup", customer, currency: currency.toLowerCase(), locale: language, ...saved } as const;
      return ask(() => client.checkout.sessions.create({ ...params, success_url: returnUrl }, at), addressFrom);
    },
  };
}

type Payments = Pick<PaymentRail, "createPayment" | "readPayment" | "takePayment" | "closePayment">;

function paymentsAt(client: Stripe, at: Options): Payments {
  const intents = client.paymentIntents;
  const readPayment = (id: string) => ask(() => intents.retrieve(id, { expand: charge }, at), paymentFrom);
  /** A payment that was not in the state for it, or declined, is answered as it is. */
  const orAsItIs = async (id: string, reply: RailReply<RailPayment>): Promise<RailReply<RailPayment>> => {
    const isState = reply.kind === "refused" && asItIs.has(reply.code);
    return isState ? readPayment(id) : reply;
  };
  return {
    readPayment,
    createPayment: ({ customer, amount, currency, description, metadata, key }) => {
      const params = {
        amount: units(amount, currency),
        currency: currency.toLowerCase(),
        customer,
        description,
        metadata,
        // The balance shows the payment, and its fee, as soon as it is taken.
        capture_method: "automatic",
        automatic_payment_methods: { enabled: true, allow_redirects: "never" },
      } as const;
      return ask(() => intents.create({ ...params, expand: charge }, { ...at, ...keyed(key) }), paymentFrom);
    },
    takePayment: async ({ id, method, key }) => {
      const params = { payment_method: method, off_session: true, expand: charge };
      return orAsItIs(id, await ask(() => intents.confirm(id, params, { ...at, ...keyed(key) }), paymentFrom));
    },
    closePayment: async (id, key) =>
      orAsItIs(id, await ask(() => intents.cancel(id, { expand: charge }, { ...at, ...keyed(key) }), paymentFrom)),
  };
}

const asItIs = new Set(["payment_intent_unexpected_state", "card_declined", "authentication_required", "expired_card"]);

type Lists = Pick<PaymentRail, "findPayments" | "movements" | "payments">;

function listsAt(client: Stripe, at: Options): Lists {
  const within = ({ from, to, after }: RailRange) => ({
    created: { gte: Math.ceil(from / 1000), lt: Math.ceil(to / 1000) },
    limit: page,
    ...(after === undefined ? {} : { starting_after: after }),
  });
  return {
    // The list shows what was made a moment ago, where a search by metadata may lag by a minute.
    findPayments: async (customer, invoice) => {
      const expand = ["data.latest_charge.balance_transaction"];
      const found: RailPayment[] = [];
      for (let after: string | undefined; ; ) {
        const more = after === undefined ? {} : { starting_after: after };
        const reply = await ask(
          () => client.paymentIntents.list({ customer, limit: page, expand, ...more }, at),
          (list) => pageFrom(list, paymentFrom),
        );
        if (reply.kind !== "done") return reply;
        found.push(...reply.value.items.filter((one) => one.invoice === invoice));
        after = reply.value.next;
        if (after === undefined) return { kind: "done", value: found };
      }
    },
    movements: (range) =>
      ask(
        () => client.balanceTransactions.list({ ...within(range), expand: ["data.source"] }, at),
        (reply) => pageFrom(reply, movementFrom),
      ),
    payments: (range) =>
      ask(
        () => client.paymentIntents.list(within(range), at),
        (reply) => pageFrom(reply, paymentFrom),
      ),
  };
}
