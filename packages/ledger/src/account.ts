import { type Brand, type CurrencyCode, idPattern, isCurrency } from "@farthing/money";

/** Whose sub-account: a customer or a payee, by its id. */
export type PartyId = Brand<string, "PartyId">;

/** What an account is by nature: which side makes it grow, and where a chart of accounts puts it. */
export interface AccountNature {
  readonly grows: "debit" | "credit";
  readonly group: "assets" | "liabilities" | "equity" | "revenues" | "expenses";
  /** Whether each party has a sub-account of it. */
  readonly byParty: boolean;
  readonly holds: string;
}

/** The chart of accounts: a merchant has each of these once in each currency. */
export const chart = {
  bad_debt: { grows: "debit", group: "expenses", byParty: false, holds: "invoices given up" },
  clearing: { grows: "debit", group: "assets", byParty: false, holds: "money at payment providers, on its way" },
  exchange: { grows: "debit", group: "equity", byParty: false, holds: "both legs of conversions" },
  fees: { grows: "debit", group: "expenses", byParty: false, holds: "what payment providers keep" },
  held: { grows: "credit", group: "liabilities", byParty: true, holds: "prepaid money under holds" },
  payable: { grows: "credit", group: "liabilities", byParty: true, holds: "what payees have earned" },
  receivable: { grows: "debit", group: "assets", byParty: true, holds: "sealed invoices not paid yet" },
  revenue: { grows: "credit", group: "revenues", byParty: true, holds: "what was charged, exact, without tax" },
  rounding: { grows: "debit", group: "assets", byParty: true, holds: "what invoices carry to the next ones" },
  tax: { grows: "credit", group: "liabilities", byParty: true, holds: "tax charged, and owed to the state" },
  wallet: { grows: "credit", group: "liabilities", byParty: true, holds: "prepaid money that is free to spend" },
} as const satisfies Readonly<Record<string, AccountNature>>;

/** A kind of account. */
export type AccountType = keyof typeof chart;

/** Every kind of account, in order of names. */
export const accountTypes = Object.keys(chart) as readonly AccountType[];

/** An account of a merchant; with a party it is that one's share of it. */
export interface Account {
  readonly type: AccountType;
  readonly currency: CurrencyCode;
  readonly party?: PartyId;
}

/** Writes an account as text: "receivable:USD", "receivable:USD:ann". */
export function accountId({ type, currency, party }: Account): string {
  return party === undefined ? `${type}:${currency}` : `${type}:${currency}:${party}`;
}

/** Reads an account; undefined for any text that names none. A party's id may hold colons itself. */
export function parseAccountId(id: string): Account | undefined {
  const [type = "", currency = "", ...rest] = id.split(":");
  if (!isAccountType(type) || !isCurrency(currency)) return undefined;
  if (rest.length === 0) return { type, currency };
  const party = rest.join(":");
  return idPattern.test(party) ? { type, currency, party: party as PartyId } : undefined;
}

/** An account known to exist. Errors: throws on any other text. */
export function account(id: string): Account {
  const parsed = parseAccountId(id);
  if (parsed === undefined) throw new Error("not an account");
  return parsed;
}

/** A party's id, which a customer's or a payee's id is. Errors: throws on any other text. */
export function partyId(text: string): PartyId {
  if (!idPattern.test(text)) throw new Error("not a party's id");
  return text as PartyId;
}

function isAccountType(name: string): name is AccountType {
  return Object.hasOwn(chart, name);
}
