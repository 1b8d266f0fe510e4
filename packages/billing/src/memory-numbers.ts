import { frozenCopy } from "@farthing/metering/memory";
import type { MerchantId } from "@farthing/money";
import { invoiceId } from "./invoice-id.ts";
import type { InvoiceNumbers, IssuedInvoice, NumberBlock } from "./invoice-numbers.ts";

/** Numbers of invoices in memory. */
export function memoryInvoiceNumbers(): InvoiceNumbers {
  const logs = new Map<MerchantId, NumberBlock[]>();
  const issued = new Map<string, IssuedInvoice>();
  const logOf = (merchant: MerchantId) => logs.get(merchant) ?? [];
  const placeOf = (merchant: MerchantId, number: number) =>
    logOf(merchant).findLastIndex(({ first }) => first <= number);
  return {
    async blockAt(merchant, number = Number.POSITIVE_INFINITY) {
      return logOf(merchant)[placeOf(merchant, number)];
    },
    async blocksFrom(merchant, from) {
      return logOf(merchant).slice(placeOf(merchant, from - 1) + 1);
    },
    async appendBlock(block) {
      const log = logOf(block.merchant);
      const place = placeOf(block.merchant, block.first);
      if (log[place]?.first === block.first) return "taken";
      logs.set(block.merchant, log.toSpliced(place + 1, 0, frozenCopy(block)));
      return "appended";
    },
    async noteIssued(one) {
      const key = `${one.merchant}#${invoiceId(one)}`;
      if (!issued.has(key)) issued.set(key, frozenCopy(one));
    },
    async issued(merchant, name) {
      return issued.get(`${merchant}#${invoiceId(name)}`);
    },
    async issuedAmong(merchant, names) {
      return [...new Set(names.map(invoiceId))].flatMap((id) => issued.get(`${merchant}#${id}`) ?? []);
    },
  };
}
