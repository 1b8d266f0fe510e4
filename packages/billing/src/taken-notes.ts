import type { CustomerRef } from "@farthing/metering";
import { type CurrencyCode, minus, noMoney, type Picos, sum } from "@farthing/money";
import type { AccountLog } from "./account-log.ts";
import type { Seal } from "./seal.ts";

/**
 * What a seal takes of its customer's account log: what credit notes carry on, by currency, and the record that it read up
 * to, where the next seal goes on. So each note is taken by one seal.
 *
 * Units: picos.
 */
export interface TakenNotes {
  readonly account: number;
  readonly creditNotes: Readonly<Record<string, Picos>>;
}

/** Where no record was read. */
export const noNotes: TakenNotes = { account: 0, creditNotes: {} };

/** Reads what the notes since a seal carry on; `through` a record, where a seal is rendered again. */
export async function notesSince(
  account: Pick<AccountLog, "recordsFrom">,
  customer: CustomerRef,
  { latest, through = Number.POSITIVE_INFINITY }: { readonly latest: Seal | undefined; readonly through?: number },
): Promise<TakenNotes> {
  // What has no seal has no invoice that a record could be of.
  if (latest === undefined) return noNotes;
  const before = latest.account ?? 0;
  const records = (await account.recordsFrom(customer, before + 1)).filter(({ number }) => number <= through);
  const credits = new Map<CurrencyCode, Picos>();
  for (const { change, invoice } of records) {
    if (change.kind !== "credit") continue;
    credits.set(invoice.currency, sum([credits.get(invoice.currency) ?? noMoney, change.carried]));
  }
  const sorted = [...credits].filter(([, credit]) => credit !== noMoney).sort(([a], [b]) => (a < b ? -1 : 1));
  return { account: records.at(-1)?.number ?? before, creditNotes: Object.fromEntries(sorted) };
}

/** What a seal carries in: what the one before carried on, less the notes that it takes. */
export function carriesInto(carries: Seal["carries"], { creditNotes }: TakenNotes): Seal["carries"] {
  const all = Object.entries(creditNotes).map(
    ([code, credit]) => [code, minus(carries[code] ?? noMoney, credit)] as const,
  );
  return { ...carries, ...Object.fromEntries(all) };
}

/** What a seal records of the notes that it took; nothing where there never was a record. */
export function recordOfNotes({ account, creditNotes }: TakenNotes): Pick<Seal, "account" | "creditNotes"> {
  if (account === 0) return {};
  return { account, ...(Object.keys(creditNotes).length === 0 ? {} : { creditNotes }) };
}
