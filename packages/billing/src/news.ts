import type { CustomerRef } from "@farthing/metering";
import type { MerchantId } from "@farthing/money";
import type { AccountRecord } from "./account-log.ts";
import type { Settlement } from "./settlement.ts";

/**
 * That something is about to be written of which its merchant is to be told: a record of a customer's account, or the end of a
 * settlement. It is noted before the write, and dropped when it is told; so no crash between the two hides it.
 */
export type News = { readonly noticedAt: number } & (
  | { readonly kind: "record"; readonly customer: CustomerRef; readonly number: number }
  | { readonly kind: "settlement"; readonly merchant: MerchantId; readonly settlement: string }
);

/** Where news wait. */
export interface NewsDesk {
  /** Notes news; the same again changes nothing that matters. */
  noteNews(news: News): Promise<void>;
  /** News of all merchants, the oldest first, eventually consistent. */
  news(limit: number): Promise<readonly News[]>;
  dropNews(news: News): Promise<void>;
}

/** What tells one piece of news from another, among those of its merchant. */
export function newsId(news: News): string {
  if (news.kind === "settlement") return `settlement#${news.settlement}`;
  return `record#${news.customer.customer}#${String(news.number).padStart(12, "0")}`;
}

/** Whose news it is. */
export function newsMerchant(news: News): MerchantId {
  return news.kind === "settlement" ? news.merchant : news.customer.merchant;
}

/** That a record is about to be written. */
export function recordNews({ customer, number, recordedAt }: AccountRecord): News {
  return { kind: "record", customer, number, noticedAt: recordedAt };
}

/** That a settlement is about to be done. */
export function doneNews({ merchant, id, finishedAt, createdAt }: Settlement): News {
  return { kind: "settlement", merchant, settlement: id, noticedAt: finishedAt ?? createdAt };
}
