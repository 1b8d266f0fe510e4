import type { CustomerRef } from "@farthing/metering";
import { noMoney, type Picos } from "@farthing/money";
import type { AccountLog, AccountRecord, InvoicePlace } from "./account-log.ts";
import { type InvoiceStatus, isOpen } from "./invoice-state.ts";
import type { Seal, SealedInvoice } from "./seal.ts";

/** What became of an invoice so far. Units: picos. */
export interface InvoiceAccount {
  readonly status: InvoiceStatus;
  /** What is still asked for. */
  readonly due: Picos;
  readonly records: readonly AccountRecord[];
}

/** Folds what happened to an invoice, in order. */
export function accountOf(
  { status, total }: Pick<SealedInvoice, "status" | "total">,
  records: readonly AccountRecord[],
): InvoiceAccount {
  let now: InvoiceStatus = status;
  for (const { change } of records) now = change.to;
  return { status: now, due: isOpen(now) ? total : noMoney, records };
}

/** The records of one invoice among those of its customer. */
export function recordsOf(
  records: readonly AccountRecord[],
  { seal, currency }: InvoicePlace,
): readonly AccountRecord[] {
  return records.filter(({ invoice }) => invoice.seal === seal && invoice.currency === currency);
}

/** Reads a customer's records from the seal of an invoice on: none is older that is about it. */
export async function readAccount(
  account: Pick<AccountLog, "recordsFrom">,
  { customer, number }: Pick<Seal, "customer" | "number">,
  invoice: SealedInvoice,
): Promise<InvoiceAccount> {
  const records = await account.recordsFrom(customer, 1);
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
