import { createHash } from "node:crypto";
import { formatPicos, type MerchantId } from "@farthing/money";
import { accountId } from "./account.ts";
import type { AccountBalance } from "./trial-balance.ts";

/**
 * A period that is closed: nothing will ever be dated before `through`, and this is what the books came to by then.
 *
 * Closes form a chain: number n follows n − 1 under its digest. Units: milliseconds.
 */
export interface Close {
  readonly merchant: MerchantId;
  readonly number: number;
  readonly through: number;
  readonly closedAt: number;
  readonly accounts: readonly AccountBalance[];
  readonly previous: string;
  /** SHA-256 in hex of what the close says and of the digest before it: `closeText` is what is hashed. */
  readonly digest: string;
}

/** The digest before the first close. */
export const noDigest = "0".repeat(64);

/** What a close's digest is of: a line for each fact, so that anyone can make it again with a text editor. */
export function closeText({
  merchant,
  number,
  through,
  accounts,
  previous,
}: Omit<Close, "digest" | "closedAt">): string {
  const balances = accounts.map(({ account, balance }) => `${accountId(account)} ${formatPicos(balance)}\n`);
  return `farthing close 1\n${merchant} ${number} ${new Date(through).toISOString()}\n${previous}\n${balances.join("")}`;
}

/** Makes a close with its digest. */
export function sealClose(close: Omit<Close, "digest">): Close {
  return { ...close, digest: createHash("sha256").update(closeText(close)).digest("hex") };
}
