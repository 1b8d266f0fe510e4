import { type MerchantId, type Picos, picosFrom } from "@farthing/money";
import { account, accountId, partyId } from "../account.ts";
import type { Balances, Book } from "../book.ts";
import type { Entry } from "../posting.ts";

/** Writes entries as text, a line each: amounts are whole picos, since sums have no largest size. */
export function entriesText(entries: readonly Entry[]): string {
  return entries.map((entry) => `${accountId(entry.account)} ${entry.amount}`).join("\n");
}

/** Reads entries. Errors: throws where a line is none. */
export function entriesOf(text: string): readonly Entry[] {
  return linesOf(text).map(([id, amount]) => ({ account: account(id), amount: picosOf(amount) }));
}

/** Writes balances as text, a line each. */
export function balancesText(balances: Balances): string {
  return Object.entries(balances)
    .map(([id, balance]) => `${id} ${balance}`)
    .join("\n");
}

/** Reads balances. Errors: throws where a line is none. */
export function balancesOf(text: string): Balances {
  return Object.fromEntries(linesOf(text).map(([id, balance]) => [id, picosOf(balance)]));
}

/** Reads a book's name. Errors: throws on any other text. */
export function bookOf(merchant: MerchantId, name: string): Book {
  const [kind = "", rest = ""] = name.split("#");
  if (kind === "general") return { kind, merchant, shard: Number(rest) };
  if (kind === "party") return { kind, merchant, party: partyId(rest) };
  throw new Error(`not a book: ${name}`);
}

function linesOf(text: string): readonly (readonly [id: string, amount: string])[] {
  if (text === "") return [];
  return text.split("\n").map((line) => {
    const [id = "", amount = ""] = line.split(" ");
    return [id, amount];
  });
}

function picosOf(count: string): Picos {
  return picosFrom(BigInt(count));
}
