import { currency, customerId } from "@farthing/money";
import { placeInSettlement, placeInTime } from "../invoice-place.ts";
import type { InvoiceEntry, InvoiceIndex } from "../settlement.ts";
import { onceEach, untilNoneIsLeft } from "./batch.ts";
import { invoiceEntity } from "./invoice.entity.ts";
import { listKeyOf, readSpread, type SpreadList } from "./spread-list.ts";
import { type DynamoTable, pageOf, plainly, strongly } from "./table.ts";

/** The index of invoices over the Registry table. A put writes many items, each whole, and may be done again. */
export function dynamoInvoiceIndex(registry: DynamoTable): InvoiceIndex {
  const entity = invoiceEntity(registry);
  const putBatch = async (entries: readonly InvoiceEntry[]): Promise<readonly InvoiceEntry[]> => {
    const { unprocessed } = await entity.put(entries.map(itemOf)).go(plainly);
    const left = new Set(unprocessed.map((one) => keyOf(one)));
    return entries.filter((entry) => left.has(keyOf(entry)));
  };
  return {
    putInvoices: (entries) => untilNoneIsLeft(onceEach(entries, keyOf), putBatch),
    async invoicesOfSettlement(merchant, settlement, { after, limit }) {
      const read: InvoiceList["read"] = async (listKey, from, count) => {
        const all = entity.query.primary({ merchant, settlement, listKey });
        const rest = from === undefined ? all : all.gt(parsePlace(from));
        return (await rest.go({ ...strongly, limit: count, count })).data.map(entryOf);
      };
      return await pageOfList({ read, placeOf: placeInSettlement, isBefore: (a, b) => a < b }, after, limit);
    },
    async invoices(merchant, { after, limit }) {
      const read: InvoiceList["read"] = async (listKey, from, count) => {
        const all = entity.query.newest({ merchant, listKey });
        const rest = from === undefined ? all : all.lt(parsePlaceInTime(from));
        return (await rest.go({ ...plainly, order: "desc", limit: count, count })).data.map(entryOf);
      };
      return await pageOfList({ read, placeOf: placeInTime, isBefore: (a, b) => a > b }, after, limit);
    },
  };
}

type InvoiceList = SpreadList<InvoiceEntry>;

async function pageOfList(list: InvoiceList, after: string | undefined, limit: number) {
  const { items, ...more } = pageOf(await readSpread(list, after, limit + 1), limit, list.placeOf);
  return { entries: items, ...more };
}

type InvoiceItem = InvoiceEntry & { readonly listKey: number };

function itemOf(entry: InvoiceEntry): InvoiceItem {
  return { ...entry, listKey: listKeyOf(entry.merchant, entry.customer) };
}

function entryOf({ listKey: _, ...entry }: InvoiceItem): InvoiceEntry {
  return entry;
}

type Key = Pick<InvoiceEntry, "merchant" | "settlement" | "customer" | "seal" | "currency">;

function keyOf(entry: Key): string {
  return `${entry.merchant}#${entry.settlement}#${placeInSettlement(entry)}`;
}

function parsePlace(place: string) {
  const [customer = "", seal = "", code = ""] = place.split("#");
  return { customer: customerId(customer), seal: Number(seal), currency: currency(code) };
}

function parsePlaceInTime(place: string) {
  const end = place.indexOf("#");
  return { sealedAt: Number(place.slice(0, end)), ...parsePlace(place.slice(end + 1)) };
}
