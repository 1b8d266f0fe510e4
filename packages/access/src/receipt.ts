import { createHash } from "node:crypto";
import { err, type MerchantId, ok, type Result } from "@farthing/money";

/** What a request was answered, as it left. */
export interface StoredAnswer {
  readonly status: number;
  readonly body: string;
}

/** Which request a receipt is for: one merchant's, on one route, under one key of the caller's. */
export interface ReceiptName {
  readonly merchant: MerchantId;
  readonly route: string;
  readonly key: string;
}

/** That a request with an idempotency key arrived, when, and with which content. Units: times in milliseconds since 1970. */
export interface Receipt extends ReceiptName {
  /** SHA-256 of the canonical content, in base64url. */
  readonly digest: string;
  readonly receivedAt: number;
  readonly expiresAt: number;
  readonly answer?: StoredAnswer;
}

/** The same idempotency key came with other content. */
export interface IdempotencyConflict {
  readonly code: "idempotency_conflict";
}

/** How long a receipt is kept: as long as an event of the first request may still be sent, and five days more. */
export const receiptDays = 40;

/** Where receipts are kept. Every read is strong. */
export interface Receipts {
  /** Stores a receipt unless one lies under its name that has not expired by the new one's `receivedAt`; answers with what lies there. */
  open(receipt: Receipt): Promise<Receipt>;
  /** Adds the answer unless there is one; answers with the one that stays. */
  answer(name: ReceiptName, answer: StoredAnswer): Promise<StoredAnswer>;
  /** Removes a receipt of that digest that has no answer: the request was refused and may come again with other content. */
  withdraw(receipt: ReceiptName & Pick<Receipt, "digest">): Promise<void>;
}

/** One name as one key part: routes and callers' keys hold characters that keys of the store cannot. */
export function receiptId({ route, key }: ReceiptName): string {
  return createHash("sha256").update(`${route}\0${key}`).digest("base64url");
}

/**
 * Notes that a request arrived, and finds its first receipt when it came before.
 *
 * Errors: `idempotency_conflict` when it came with other content.
 */
export async function firstReceipt(
  receipts: Receipts,
  request: Pick<Receipt, "merchant" | "route" | "key" | "digest" | "receivedAt">,
): Promise<Result<Receipt, IdempotencyConflict>> {
  // Whole seconds: a table that forgets by itself counts in them.
  const expiresAt = (Math.ceil(request.receivedAt / 1000) + receiptDays * 86_400) * 1000;
  const stored = await receipts.open({ ...request, expiresAt });
  return stored.digest === request.digest ? ok(stored) : err({ code: "idempotency_conflict" });
}
