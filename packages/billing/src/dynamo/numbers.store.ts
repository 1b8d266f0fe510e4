import type { MerchantId } from "@farthing/money";
import { invoiceId, parseInvoiceId } from "../invoice-id.ts";
import type { InvoiceNumbers, IssuedInvoice, NumberBlock } from "../invoice-numbers.ts";
import { onceEach, readMany } from "./batch.ts";
import { issuedInvoiceEntity } from "./issued-invoice.entity.ts";
import { numberBlockEntity } from "./number-block.entity.ts";
import { type DynamoTable, plainly, strongly, stronglyAll, took } from "./table.ts";

/** Numbers of invoices over the Registry table. A block is one conditional write, and so is each number beside its invoice. */
export function dynamoInvoiceNumbers(registry: DynamoTable): InvoiceNumbers {
  return seriesOf(numberBlockEntity(registry), issuedInvoiceEntity(registry));
}

/** Numbers of credit notes over the Registry table, in a series of their own: each under the number of its record. */
export function dynamoCreditNoteNumbers(registry: DynamoTable): InvoiceNumbers {
  return seriesOf(numberBlockEntity(registry, "note-numbering"), issuedInvoiceEntity(registry, "issued-note"));
}

function seriesOf(
  blocks: ReturnType<typeof numberBlockEntity>,
  issued: ReturnType<typeof issuedInvoiceEntity>,
): InvoiceNumbers {
  return {
    async blockAt(merchant, number) {
      const newest = { ...strongly, order: "desc", limit: 1 } as const;
      const all = blocks.query.primary({ merchant });
      const { data } = await (number === undefined ? all : all.lte({ first: number })).go(newest);
      return data[0] === undefined ? undefined : blockOf(data[0]);
    },
    async blocksFrom(merchant, first) {
      const { data } = await blocks.query.primary({ merchant }).gte({ first }).go(stronglyAll);
      return data.map(blockOf);
    },
    async appendBlock({ merchant, first, invoices }) {
      const text = invoices.map(invoiceId).join("\n");
      return (await took(blocks.create({ merchant, first, invoices: text }).go(plainly))) ? "appended" : "taken";
    },
    async noteIssued(one) {
      const { parties, terms, ...rest } = one;
      const texts = {
        parties: JSON.stringify(parties),
        ...(terms === undefined ? {} : { terms: JSON.stringify(terms) }),
      };
      await took(issued.create({ ...rest, ...texts }).go(plainly));
    },
    async issued(merchant, { customer, seal, currency }) {
      const { data } = await issued.get({ merchant, customer, seal, currency }).go(strongly);
      return data === null ? undefined : issuedOf(data);
    },
    async issuedAmong(merchant, names) {
      const keys = onceEach(names, invoiceId).map(({ customer, seal, currency }) => ({
        merchant,
        customer,
        seal,
        currency,
      }));
      return (await readMany(keys, (asked) => issued.get([...asked]).go(strongly))).map(issuedOf);
    },
  };
}

type IssuedItem = Omit<IssuedInvoice, "parties" | "terms"> & { readonly parties: string; readonly terms?: string };

function issuedOf({ parties, terms, ...rest }: IssuedItem): IssuedInvoice {
  return { ...rest, parties: JSON.parse(parties), ...(terms === undefined ? {} : { terms: JSON.parse(terms) }) };
}

interface BlockItem {
  readonly merchant: MerchantId;
  readonly first: number;
  readonly invoices: string;
}

/** Ids have no line ends. Errors: throws where an invoice is none. */
function blockOf({ merchant, first, invoices }: BlockItem): NumberBlock {
  const names = invoices.split("\n").map((id) => {
    const name = parseInvoiceId(id);
    if (name === undefined) throw new Error("a numbering log names what is no invoice");
    return name;
  });
  return { merchant, first, invoices: names };
}
