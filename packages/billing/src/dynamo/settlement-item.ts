import { type CustomerId, customerId, type MerchantId, picosFrom } from "@farthing/money";
import { bucketOf } from "../due-bucket.ts";
import type { CurrencyTotals, Settlement } from "../settlement.ts";

/** Lists of customers and of totals are text in an item; `list` is where the index keeps the settlement. */
export type SettlementItem = Omit<Settlement, "customers" | "totals"> & {
  readonly customers?: string;
  readonly totals?: string;
  readonly list: string;
};

/** Over how many keys the unfinished settlements are spread, so that an hour's start does not throttle the table. */
const unfinishedKeys = 16;

/** Every list of unfinished settlements. */
export const unfinishedLists: readonly string[] = Array.from(
  { length: unfinishedKeys },
  (_, key) => `unfinished#${key}`,
);

/** The list of a merchant's unfinished settlements, beside those of other merchants. */
export function unfinishedListOf(merchant: MerchantId): string {
  return `unfinished#${bucketOf(merchant, unfinishedKeys)}`;
}

/** The list of a merchant's finished settlements. */
export function finishedListOf(merchant: MerchantId): string {
  return `settlements#${merchant}`;
}

/** Lays a settlement out. */
export function settlementItem({ customers, totals, ...settlement }: Settlement): SettlementItem {
  const { merchant, status } = settlement;
  const finished = status === "done" || status === "failed";
  return {
    ...settlement,
    list: finished ? finishedListOf(merchant) : unfinishedListOf(merchant),
    ...(customers === undefined ? {} : { customers: joinIds(customers) }),
    ...(totals === undefined ? {} : { totals: encodeTotals(totals) }),
  };
}

/** Reads a settlement back. */
export function settlementOf({ list: _list, customers, totals, ...settlement }: SettlementItem): Settlement {
  return {
    ...settlement,
    ...(customers === undefined ? {} : { customers: splitIds(customers) }),
    ...(totals === undefined ? {} : { totals: decodeTotals(totals) }),
  };
}

/** Ids as one text: no id has a comma. */
export function joinIds(ids: readonly CustomerId[]): string {
  return ids.join(",");
}

/** Reads what `joinIds` wrote. */
export function splitIds(text: string): readonly CustomerId[] {
  return text === "" ? [] : text.split(",").map(customerId);
}

/** Totals as JSON, amounts as text in picos. */
export function encodeTotals(totals: readonly CurrencyTotals[]): string {
  return JSON.stringify(
    totals.map(({ currency, exact, invoiced, carried }) => [currency, `${exact}`, `${invoiced}`, `${carried}`]),
  );
}

/** Reads what `encodeTotals` wrote. */
export function decodeTotals(text: string): readonly CurrencyTotals[] {
  const rows: readonly (readonly [CurrencyTotals["currency"], string, string, string])[] = JSON.parse(text);
  const picos = (amount: string) => picosFrom(BigInt(amount));
  return rows.map(([currency, exact, invoiced, carried]) => {
    return { currency, exact: picos(exact), invoiced: picos(invoiced), carried: picos(carried) };
  });
}
