import { frozenCopy } from "@farthing/metering/memory";
import type { ChargedInvoice, ChargeIndex, ChargeIndexes } from "./charge-index.ts";

/** Which invoices have their charges written, in memory. */
export function memoryChargeIndexes(): ChargeIndexes {
  const indexes = new Map<string, ChargeIndex>();
  return {
    chargeIndex: async (invoice) => indexes.get(nameOf(invoice)),
    async putChargeIndex(invoice, index) {
      indexes.set(nameOf(invoice), frozenCopy(index));
    },
  };
}

function nameOf({ customer, seal, currency }: ChargedInvoice): string {
  return `${customer.merchant}#${customer.customer}#${seal}#${currency}`;
}
