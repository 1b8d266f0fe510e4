import type { CustomerRef } from "@farthing/metering";
import { minus, noMoney, type Picos, sum } from "@farthing/money";
import type { AccountLog, AccountRecord, Credited, InvoicePlace } from "./account-log.ts";
import { type InvoiceStatus, isOpen } from "./invoice-state.ts";
import type { Seal, SealedInvoice } from "./seal.ts";

/** What became of an invoice so far. Units: picos. */
export interface InvoiceAccount {
  readonly status: InvoiceStatus;
  /** What is still asked for. */
  readonly due: Picos;
  /** What its total is without what credit notes took off what was due. */
  readonly left: Picos;
  readonly notes: readonly Credited[];
  readonly records: readonly AccountRecord[];
}

/** Folds what happened to an invoice, in order. */
export function accountOf(
  { status, total }: Pick<SealedInvoice, "status" | "total">,
  records: readonly AccountRecord[],
): InvoiceAccount {
  let now: InvoiceStatus = status;
  const notes: Credited[] = [];
  for (const { change } of records) {
    now = change.to;
    if (change.kind === "credit") notes.push(change);
  }
  const left = minus(total, sum(notes.filter(({ as }) => as === "due").map((note) => note.total)));
  return { status: now, due: isOpen(now) ? left : noMoney, left, notes, records };
}

/** The records of one invoice among those of its customer. */
export function recordsOf(
  records: readonly AccountRecord[],
  { seal, currency }: InvoicePlace,
): readonly AccountRecord[] {
  return records.filter(({ invoice }) => invoice.seal === seal && invoice.currency === currency);
}

/** Reads what became of an invoice: no record from before its seal is about it. */
export async function readAccount(
  account: Pick<AccountLog, "recordsFrom">,
  { customer, number, account: before = 0 }: Pick<Seal, "customer" | "number" | "account">,
  invoice: SealedInvoice,
): Promise<InvoiceAccount> {
  const records = await account.recordsFrom(customer, before + 1);
  return accountOf(invoice, recordsOf(records, { seal: number, currency: invoice.currency }));
}

/** What became of each invoice of a customer. */
export async function readAccounts(
  account: Pick<AccountLog, "recordsFrom">,
  customer: CustomerRef,
): Promise<(seal: number, invoice: SealedInvoice) => InvoiceAccount> {
  const records = await account.recordsFrom(customer, 1);
  return (seal, invoice) => accountOf(invoice, recordsOf(records, { seal, currency: invoice.currency }));
}
