import type { CurrencyCode, CustomerId, MerchantId } from "@farthing/money";
import type { CollectTerms } from "./collect-rule.ts";
import type { Language } from "./party.ts";

/** Whether a customer bears tax. */
export type TaxStatus = "taxable" | "exempt" | "reverse_charge";

/** Who is charged. `known` is false while the customer was only seen in events. Units: times in milliseconds. */
export interface Customer {
  readonly merchant: MerchantId;
  readonly id: CustomerId;
  readonly known: boolean;
  readonly name?: string;
  readonly email?: string;
  readonly currency?: CurrencyCode;
  readonly timezone?: string;
  /** The plan's key, as last set on the customer; subscriptions say what is charged when. */
  readonly plan?: string;
  /** Lines of a postal address, as invoices show it. */
  readonly address?: string;
  readonly taxId?: string;
  /** Where it is taxed. Source: ISO 3166-1, two letters. */
  readonly country?: string;
  /** Whether it bears tax, is exempt, or accounts for it by itself; taxable where it is left out. */
  readonly taxStatus?: TaxStatus;
  /** A rate of its own, in place of its country's; a share as a decimal's text. */
  readonly taxRate?: string;
  /** The language that its invoices are written in. */
  readonly language?: Language;
  /** How many days after its seal an invoice is due; the merchant's where nothing is said. */
  readonly paymentTermsDays?: number;
  /** When its balance is asked for; by its plan's policy where nothing is said. */
  readonly collect?: CollectTerms;
  readonly metadata?: Readonly<Record<string, string>>;
  readonly createdAt: number;
  readonly updatedAt: number;
}

/** A page of customers, in order of their ids. */
export interface CustomerPage {
  readonly customers: readonly Customer[];
  readonly next?: CustomerId;
}

/** A customer whose period is over. Units: `dueAt` in milliseconds. */
export interface DueCustomer {
  readonly merchant: MerchantId;
  readonly customer: CustomerId;
  readonly dueAt: number;
}

/** Where customers are kept. Reads of one customer are strong. */
export interface Customers {
  customer(merchant: MerchantId, id: CustomerId): Promise<Customer | undefined>;
  /** The profiles of those customers that have one, in any order. */
  customersAmong(merchant: MerchantId, ids: readonly CustomerId[]): Promise<readonly Customer[]>;
  /** Those of at most 100 customers that were put by the merchant, eventually consistent. */
  knownAmong(merchant: MerchantId, ids: readonly CustomerId[]): Promise<ReadonlySet<CustomerId>>;
  /** Creates or replaces a customer. */
  putCustomer(customer: Customer): Promise<void>;
  /** Creates a customer that was only seen in events, due for a seal at `dueAt`; one that exists stays as it is. */
  noteCustomer(customer: Customer, dueAt: number): Promise<void>;
  /** Customers of a merchant after an id, in order of ids. */
  customers(merchant: MerchantId, page: { readonly after?: CustomerId; readonly limit: number }): Promise<CustomerPage>;
  /** Sets when the next seals of customers are due; where one is named twice, the last holds. */
  setDue(merchant: MerchantId, dues: readonly Omit<DueCustomer, "merchant">[]): Promise<void>;
  /** Customers due by now in one of the due index's 64 buckets, eventually consistent. */
  due(bucket: number, nowMs: number, limit: number): Promise<readonly DueCustomer[]>;
}

/** How many keys the due index is spread over. */
export const dueBuckets = 64;
