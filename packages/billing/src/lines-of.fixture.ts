import { formatDecimal, formatPicos } from "@farthing/money";
import type { SealedInvoice } from "./seal.ts";

/** An invoice's lines: kind, price, quantity and exact amount. */
export function linesOf(invoice: SealedInvoice | undefined): readonly string[] {
  return (invoice?.lines ?? []).map(({ kind, key, quantity, exact }) =>
    [kind, key.price, quantity === undefined ? "" : formatDecimal(quantity), formatPicos(exact)].join(" "),
  );
}
