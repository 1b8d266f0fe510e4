import { err, type MerchantId, ok, type Result } from "@farthing/money";
import { controlTotals } from "./control-totals.ts";
import { exportFormats, type UnknownFormat, unknownFormat } from "./export-format.ts";
import { type ExportFile, type ExportTooLarge, partBytes, takePart } from "./export-part.ts";
import { invoiceId } from "./invoice-id.ts";
import { issuedOf } from "./live-invoice.ts";
import type { NotFound } from "./read-customers.ts";
import { type InvoiceStores, readEntry } from "./read-invoices.ts";
import type { InvoiceEntry } from "./settlement.ts";
import { type ExportedInvoice, type LineRow, rowsOf } from "./settlement-rows.ts";

/** The settlement is still running, so what it comes to is not known yet. */
export interface SettlementRunning {
  readonly code: "settlement_running";
}

/** What of a settlement to write, and how. */
export interface ExportOrder {
  readonly merchant: MerchantId;
  readonly id: string;
  readonly format: string;
  /** As much as fits into one answer, from `after` on, instead of the whole or nothing. */
  readonly parts: boolean;
  readonly after?: string | undefined;
  readonly limitBytes?: number;
}

/** Where a part ends: the page that the index was read from, the invoice in that page, and the row of it. */
interface Place {
  readonly page?: string | undefined;
  readonly invoice: number;
  readonly row: number;
}

const fromTheStart: Place = { invoice: 0, row: 0 };

interface PlacedRow extends LineRow {
  readonly place: Place;
}

/**
 * Writes a settlement as a file: its lines, then control totals of what the file holds. A part begins where the one before
 * ended, has totals of its own, and an invoice counts in the part that its first line is in.
 *
 * Errors, in this order: `unknown_format`, `not_found`, `settlement_running`, `export_too_large`.
 */
export async function exportSettlement(
  stores: InvoiceStores,
  { merchant, id, format: name, parts, after, limitBytes = partBytes }: ExportOrder,
): Promise<Result<ExportFile, UnknownFormat | NotFound | SettlementRunning | ExportTooLarge>> {
  const format = Object.hasOwn(exportFormats, name) ? exportFormats[name] : undefined;
  if (format === undefined) return err(unknownFormat(name, Object.keys(exportFormats)));
  const settlement = await stores.settlements.settlement(merchant, id);
  if (settlement === undefined) return err({ code: "not_found" });
  if (settlement.status !== "done") return err({ code: "settlement_running" });

  const start = after === undefined ? fromTheStart : (JSON.parse(after) as Place);
  const rows = rowsFrom(stores, { merchant, id }, start);
  const part = await takePart(rows, { limitBytes, weigh: ({ cells }) => format.weigh(cells) });
  if (part.left !== undefined && !parts) return err({ code: "export_too_large" });
  const lines = part.rows.map(({ cells }) => cells);
  const content = await format.write(lines, controlTotals(id, part.rows));
  const next = part.left === undefined ? {} : { next: JSON.stringify(part.left.place) };
  return ok({ name: `${id}.${name}`, mediaType: format.mediaType, content, ...next });
}

const invoicesPerPage = 100;

async function* rowsFrom(
  stores: InvoiceStores,
  { merchant, id }: Pick<ExportOrder, "merchant" | "id">,
  start: Place,
): AsyncGenerator<PlacedRow, void> {
  let { page, invoice: first, row: firstRow } = start;
  do {
    const after = page === undefined ? {} : { after: page };
    const { entries, next } = await stores.invoices.invoicesOfSettlement(merchant, id, {
      limit: invoicesPerPage,
      ...after,
    });
    const found = await Promise.all(entries.slice(first).map((entry) => exportedOf(stores, entry)));
    for (const [index, exported] of found.entries()) {
      for (const [row, line] of rowsOf(id, exported).entries())
        if (index > 0 || row >= firstRow) yield { ...line, place: { page, invoice: first + index, row } };
    }
    [page, first, firstRow] = [next, 0, 0];
  } while (page !== undefined);
}

async function exportedOf({ seals, numbers }: InvoiceStores, entry: InvoiceEntry): Promise<ExportedInvoice> {
  const found = await readEntry(seals, entry);
  const { root, sealedAt } = found.seal;
  const number = (await issuedOf(numbers, found))?.number;
  return { ...found.invoice, id: invoiceId(entry), number, customer: entry.customer, root, sealedAt };
}
