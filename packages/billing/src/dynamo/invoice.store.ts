import { setTimeout as wait } from "node:timers/promises";
import { currency, customerId } from "@farthing/money";
import type { InvoiceEntry, InvoiceIndex } from "../settlement.ts";
import { invoiceEntity } from "./invoice.entity.ts";
import { type DynamoTable, pageOf, plainly, strongly, upTo } from "./table.ts";

/** The index of invoices over the Registry table. A put writes many items, each whole, and may be done again. */
export function dynamoInvoiceIndex(registry: DynamoTable): InvoiceIndex {
  const entity = invoiceEntity(registry);
  const putBatch = async (entries: readonly InvoiceEntry[]): Promise<readonly InvoiceEntry[]> => {
    const { unprocessed } = await entity.put([...entries]).go(plainly);
    const left = new Set(unprocessed.map((one) => keyOf(one)));
    return entries.filter((entry) => left.has(keyOf(entry)));
  };
  return {
    async putInvoices(entries) {
      // A batch must not name an item twice.
      let left: readonly InvoiceEntry[] = [...new Map(entries.map((entry) => [keyOf(entry), entry])).values()];
      for (let attempt = 0; left.length > 0; attempt++) {
        if (attempt > 0) await backOff(attempt);
        left = await putBatch(left);
      }
    },
    async invoicesOfSettlement(merchant, settlement, { after, limit }) {
      const all = entity.query.primary({ merchant, settlement });
      const rest = after === undefined ? all : all.gt(parsePlace(after));
      const { data } = await rest.go({ ...strongly, ...upTo(limit) });
      const { items, ...more } = pageOf(data, limit, placeOf);
      return { entries: items, ...more };
    },
    async invoices(merchant, { after, limit }) {
      const all = entity.query.newest({ merchant });
      const rest = after === undefined ? all : all.lt(parsePlaceInTime(after));
      const { data } = await rest.go({ ...plainly, order: "desc", ...upTo(limit) });
      const { items, ...more } = pageOf(data, limit, placeInTime);
      return { entries: items, ...more };
    },
  };
}

const mostAttempts = 10;

/** What a batch leaves undone was throttled. Errors: throws under DynamoDB's name for that when it stays so. */
async function backOff(attempt: number): Promise<void> {
  if (attempt === mostAttempts)
    throw Object.assign(new Error("invoices could not be put"), { name: "ThrottlingException" });
  await wait(Math.min(1000, 25 * 2 ** attempt) * (0.5 + Math.random() / 2));
}

type Key = Pick<InvoiceEntry, "merchant" | "settlement" | "customer" | "seal" | "currency">;

function keyOf(entry: Key): string {
  return `${entry.merchant}#${entry.settlement}#${placeOf(entry)}`;
}

function placeOf({ customer, seal, currency: code }: Pick<Key, "customer" | "seal" | "currency">): string {
  return `${customer}#${seal}#${code}`;
}

function placeInTime(entry: InvoiceEntry): string {
  return `${entry.sealedAt}#${placeOf(entry)}`;
}

function parsePlace(place: string) {
  const [customer = "", seal = "", code = ""] = place.split("#");
  return { customer: customerId(customer), seal: Number(seal), currency: currency(code) };
}

function parsePlaceInTime(place: string) {
  const end = place.indexOf("#");
  return { sealedAt: Number(place.slice(0, end)), ...parsePlace(place.slice(end + 1)) };
}
