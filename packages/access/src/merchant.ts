import { createHmac } from "node:crypto";
import type { CurrencyCode, MerchantId } from "@farthing/money";

/** Who sells, as invoices say it. An address has its lines. */
export interface Seller {
  readonly name: string;
  readonly address?: string;
  readonly taxId?: string;
}

/** A tenant: the product, API, publisher or game that charges. Units: `createdAt` in milliseconds since 1970. */
export interface Merchant {
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
