/** Free words of the caller on a thing. */
export type Metadata = Readonly<Record<string, string>>;

/** Who pays. Units: `created` in seconds since 1970, here and below. */
export interface Customer {
  readonly id: string;
  readonly created: number;
  readonly email: string | null;
  readonly name: string | null;
  readonly locale: string | null;
  readonly metadata: Metadata;
}

/** A card; `refuses` is the decline code of one that no payment is taken from. */
export interface Method {
  readonly id: string;
  readonly created: number;
  readonly customer: string | null;
  readonly last4: string;
  readonly refuses: string | null;
}

/** Why a payment was declined. */
export interface Decline {
  readonly code: string;
  readonly declineCode: string | null;
  readonly message: string;
}

/** How far a payment has come. Source: Stripe's API, "The PaymentIntent object". */
export type PaymentStatus = "requires_payment_method" | "succeeded" | "canceled";

/** A payment that is asked for, and taken at most once. Units: amounts in the rail's smallest units. */
export interface Payment {
  readonly id: string;
  readonly created: number;
  readonly amount: number;
  readonly currency: string;
  readonly customer: string | null;
  readonly description: string | null;
  readonly metadata: Metadata;
  readonly status: PaymentStatus;
  readonly method: string | null;
  readonly charge: string | null;
  readonly decline: Decline | null;
  readonly canceledAt: number | null;
}

/** One try at a payment. */
export interface Charge {
  readonly id: string;
  readonly created: number;
  readonly payment: string;
  readonly amount: number;
  readonly refunded: number;
  readonly currency: string;
  readonly customer: string | null;
  readonly method: string;
  readonly metadata: Metadata;
  readonly movement: string | null;
  readonly decline: Decline | null;
}

/** Money given back. */
export interface Refund {
  readonly id: string;
  readonly created: number;
  readonly amount: number;
  readonly currency: string;
  readonly payment: string;
  readonly charge: string;
  readonly metadata: Metadata;
  readonly movement: string;
}

/** A movement of the account's balance: in when a payment is taken, out when it is given back. */
export interface Movement {
  readonly id: string;
  readonly created: number;
  readonly amount: number;
  readonly fee: number;
  readonly currency: string;
  readonly kind: "charge" | "refund";
  readonly source: string;
}

/** A hosted page on which a customer saves a card. */
export interface Session {
  readonly id: string;
  readonly created: number;
  readonly expires: number;
  readonly customer: string;
  readonly status: "open" | "complete" | "expired";
  readonly metadata: Metadata;
  readonly setup: string;
  readonly successUrl: string | null;
  readonly cancelUrl: string | null;
  readonly locale: string | null;
}

/** What a hosted page saves a card by. */
export interface Setup {
  readonly id: string;
  readonly created: number;
  readonly customer: string;
  readonly method: string | null;
  readonly metadata: Metadata;
}

/** Something that happened, as webhooks and the list of events tell it; `object` is the thing as it was then. */
export interface Happening {
  readonly id: string;
  readonly created: number;
  readonly type: string;
  readonly object: unknown;
  readonly request: { readonly id: string | null; readonly key: string | null };
}

/** An answer that was given under an idempotency key. */
export interface Remembered {
  readonly id: string;
  readonly created: number;
  readonly digest: string;
  readonly status: number;
  readonly body: unknown;
}

/** Everything that the server keeps, by kind. */
export interface Things {
  readonly customer: Customer;
  readonly method: Method;
  readonly payment: Payment;
  readonly charge: Charge;
  readonly refund: Refund;
  readonly movement: Movement;
  readonly session: Session;
  readonly setup: Setup;
  readonly happening: Happening;
  readonly remembered: Remembered;
}

/** The kinds of things. */
export const kinds = [
  "customer",
  "method",
  "payment",
  "charge",
  "refund",
  "movement",
  "session",
  "setup",
  "happening",
  "remembered",
] as const satisfies readonly (keyof Things)[];

/** One kind of thing. */
export type Kind = (typeof kinds)[number];
