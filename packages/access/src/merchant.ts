import { createHmac } from "node:crypto";
import type { CurrencyCode, MerchantId } from "@farthing/money";

/** Who sells, as invoices say it. An address has its lines. */
export interface Seller {
  readonly name: string;
  readonly address?: string;
  readonly taxId?: string;
}

/** What collecting by one method costs in one currency. Units: percent, and major units, as plain decimals. */
export interface FeeRule {
  readonly method: string;
  readonly currency: CurrencyCode;
  readonly percent: string;
  readonly fixed: string;
  readonly cap?: string;
}

/** How the merchant bills. Units: hours from a period's end to its seal, days from a seal to when it is due. */
export interface BillingTerms {
  readonly graceHours?: number;
  readonly paymentTermsDays?: number;
  readonly fees?: readonly FeeRule[];
  readonly collection?: CollectionTerms;
}

/** How the merchant collects: after a decline it is tried again so many days after the first try; left out, it does not. */
export interface CollectionTerms {
  readonly retryDays: readonly number[];
  readonly writeOffDays: number;
  /** The merchant's account at Stripe, where that is not the installation's own. */
  readonly account?: string;
}

/** A tenant: the product, API, publisher or game that charges. Units: `createdAt` in milliseconds since 1970. */
export interface Merchant extends BillingTerms {
  readonly id: MerchantId;
  readonly name: string;
  /** An IANA zone: the days and months of customers that name none of their own. */
  readonly timezone: string;
  /** The currency of customers that name none of their own. */
  readonly currency: CurrencyCode;
  /** 32 random bytes in base64url that never leave the service: cursors are sealed with keys made from it. */
  readonly secret: string;
  /** How invoices name the merchant; its name alone where nothing was said. */
  readonly seller?: Seller;
  readonly createdAt: number;
}

/** A key for one purpose, made from the merchant's secret: what one purpose reveals tells nothing about another. */
export function merchantKey({ secret }: Pick<Merchant, "secret">, purpose: string): Buffer {
  return createHmac("sha256", Buffer.from(secret, "base64url")).update(purpose).digest();
}

/** What a merchant says of itself; what is left out stays as it is. */
export type MerchantChange = Pick<Merchant, "seller" | keyof BillingTerms>;
