import { ok, type Result } from "@farthing/money";
import { chargeFormats } from "./charge-file.ts";
import { ChargeTotals } from "./charge-totals.ts";
import { type ExportFile, partBytes } from "./export-part.ts";
import { type ChargeOrder, type ChargeStores, chargesFrom } from "./list-charges.ts";
import type { NotFound } from "./read-customers.ts";
import { findInvoice } from "./read-invoices.ts";

/** Which charges to write, and as what: a content type of `chargeFormats`. */
export interface ChargeExportOrder extends ChargeOrder {
  readonly form: string;
  readonly limitBytes?: number;
}

/**
 * Writes the charges of an invoice as a file, as much as one answer holds: a row a charge, in the order of the list, and then
 * control totals of what the file holds, a row a line and one of all. The next part begins where this one ends.
 *
 * Errors: `not_found`.
 */
export async function exportCharges(
  stores: ChargeStores,
  { form, limitBytes = partBytes, ...order }: ChargeExportOrder,
): Promise<Result<ExportFile, NotFound>> {
  const format = chargeFormats[form];
  if (format === undefined) throw new Error(`charges are not written as ${form}`);
  const found = await findInvoice(stores.seals, order.merchant, order.id);
  if (!found.ok) return found;
  const totals = new ChargeTotals();
  const rows = [format.header];
  const named = { name: `${order.id}-charges.${format.ending}`, mediaType: format.mediaType };
  const content = () => [...rows, ...totals.rows.map(format.total)].join("");
  let bytes = 0;
  for await (const { charge, position } of chargesFrom(stores, found.value, order)) {
    if (bytes >= limitBytes) return ok({ ...named, content: content(), next: position() });
    const shown = charge();
    if (shown === undefined) continue;
    totals.add(shown);
    const row = format.charge(shown);
    bytes += Buffer.byteLength(row);
    rows.push(row);
  }
  return ok({ ...named, content: content() });
}
