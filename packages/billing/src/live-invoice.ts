import type { AccountLog } from "./account-log.ts";
import { accountOf, type InvoiceAccount, readAccount } from "./invoice-account.ts";
import type { InvoiceNumbers, IssuedInvoice } from "./invoice-numbers.ts";
import type { Seal, SealedInvoice, Seals } from "./seal.ts";

/** What an invoice is, beside its sealed bytes. */
export interface LiveInvoice {
  readonly account: InvoiceAccount;
  readonly issued?: IssuedInvoice | undefined;
  /** SHA-256 of its document, in hex. */
  readonly digest?: string | undefined;
}

/** What showing invoices as they are now needs. */
export interface LiveStores {
  readonly seals: Seals;
  readonly numbers: Pick<InvoiceNumbers, "issued">;
  readonly account: Pick<AccountLog, "recordsFrom">;
}

/** An invoice with the seal that it is part of. */
export interface FoundInvoice {
  readonly seal: Seal;
  readonly invoice: SealedInvoice;
}

/** An invoice to which nothing has happened since its seal. */
export function untouched(invoice: SealedInvoice): LiveInvoice {
  return { account: accountOf(invoice, []) };
}

/** Reads what an invoice is now; `account`, where it is known already. */
export async function liveOf(stores: LiveStores, found: FoundInvoice, account?: InvoiceAccount): Promise<LiveInvoice> {
  const { seal, invoice } = found;
  const [known, issued] = await Promise.all([
    account ?? readAccount(stores.account, seal, invoice),
    issuedOf(stores.numbers, found),
  ]);
  return { account: known, issued };
}

/** What an invoice was issued as; one that is carried has no number, and one that was just sealed gets it in a moment. */
export async function issuedOf(
  numbers: LiveStores["numbers"],
  { seal, invoice }: FoundInvoice,
): Promise<IssuedInvoice | undefined> {
  if (invoice.status !== "sealed") return undefined;
  const name = { customer: seal.customer.customer, seal: seal.number, currency: invoice.currency };
  return await numbers.issued(seal.customer.merchant, name);
}
