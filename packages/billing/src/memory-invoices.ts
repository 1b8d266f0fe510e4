import { frozenCopy } from "@farthing/metering/memory";
import type { CustomerId, MerchantId } from "@farthing/money";
import { placeInSettlement, placeInTime } from "./invoice-place.ts";
import type { InvoiceEntry, InvoiceIndex, SettlementQueue } from "./settlement.ts";

/** The index of invoices in memory. */
export function memoryInvoiceIndex(): InvoiceIndex {
  return new MemoryInvoiceIndex();
}

/** What was asked of a queue of settlement steps. Units: seconds. */
export type SettlementAsk =
  | {
      readonly ask: "advance";
      readonly merchant: MerchantId;
      readonly settlement: string;
      readonly delaySeconds: number;
    }
  | { readonly ask: "roll"; readonly merchant: MerchantId; readonly settlement: string; readonly shard: number }
  | { readonly ask: "settle"; readonly merchant: MerchantId; readonly settlement: string; readonly chunk: number }
  | {
      readonly ask: "write";
      readonly merchant: MerchantId;
      readonly settlement: string;
      readonly customer: CustomerId;
      readonly seal: number;
    };

/** A queue of settlement steps in memory: tests read what was asked from `asked`, and take from it. */
export function memorySettlementQueue(): SettlementQueue & { readonly asked: SettlementAsk[] } {
  const asked: SettlementAsk[] = [];
  return {
    asked,
    async askToAdvance(merchant, settlement, delaySeconds = 0) {
      asked.push({ ask: "advance", merchant, settlement, delaySeconds });
    },
    async askToRoll(merchant, settlement, shard) {
      asked.push({ ask: "roll", merchant, settlement, shard });
    },
    async askToSettle(merchant, settlement, chunk) {
      asked.push({ ask: "settle", merchant, settlement, chunk });
    },
    async askToWrite({ merchant, customer }, settlement, seal) {
      asked.push({ ask: "write", merchant, settlement, customer, seal });
    },
  };
}

interface PageOfEntries {
  readonly entries: readonly InvoiceEntry[];
  readonly next?: string;
}

class MemoryInvoiceIndex implements InvoiceIndex {
  readonly #entries = new Map<string, InvoiceEntry>();

  async putInvoices(entries: readonly InvoiceEntry[]): Promise<void> {
    for (const entry of entries)
      this.#entries.set(`${entry.merchant}#${entry.settlement}#${placeInSettlement(entry)}`, frozenCopy(entry));
  }

  async invoicesOfSettlement(
    merchant: MerchantId,
    settlement: string,
    page: { after?: string; limit: number },
  ): Promise<PageOfEntries> {
    const rest = [...this.#entries.values()]
      .filter((entry) => entry.merchant === merchant && entry.settlement === settlement)
      .filter((entry) => placeInSettlement(entry) > (page.after ?? ""))
      .sort((a, b) => (placeInSettlement(a) < placeInSettlement(b) ? -1 : 1));
    return pageOf(rest, page.limit, placeInSettlement);
  }

  async invoices(merchant: MerchantId, page: { after?: string; limit: number }): Promise<PageOfEntries> {
    const rest = [...this.#entries.values()]
      .filter((entry) => entry.merchant === merchant)
      .filter((entry) => page.after === undefined || placeInTime(entry) < page.after)
      .sort((a, b) => (placeInTime(a) > placeInTime(b) ? -1 : 1));
    return pageOf(rest, page.limit, placeInTime);
  }
}

function pageOf(rest: readonly InvoiceEntry[], limit: number, place: (entry: InvoiceEntry) => string): PageOfEntries {
  const entries = rest.slice(0, limit);
  const last = entries.at(-1);
  return rest.length > entries.length && last !== undefined ? { entries, next: place(last) } : { entries };
}
