import type { Picos } from "@farthing/money";
import type { AccountLog } from "./account-log.ts";
import type { CollectionRef } from "./collection.ts";
import { readAccount } from "./invoice-account.ts";
import { invoiceId } from "./invoice-id.ts";
import type { FoundInvoice } from "./live-invoice.ts";
import { findInvoice } from "./read-invoices.ts";
import type { Seals } from "./seal.ts";

/** An invoice and what it still asks for. Units: picos. Errors: throws where there is no such invoice. */
export async function demandOf(
  { seals, account }: { readonly seals: Seals; readonly account: Pick<AccountLog, "recordsFrom"> },
  ref: CollectionRef,
): Promise<FoundInvoice & { readonly due: Picos }> {
  const found = await findInvoice(seals, ref.merchant, invoiceId(ref));
  if (!found.ok) throw new Error("an invoice that is collected has no seal");
  const { due } = await readAccount(account, found.value.seal, found.value.invoice);
  return { ...found.value, due };
}
