import type { Picos } from "@farthing/money";
import type { Seal, SealedInvoice, SealedLine } from "../seal.ts";
import { decimalOf, picosOf, type Stored } from "./stored-value.ts";
import { termsOf, termsOfLine } from "./terms-body.ts";

/** The version of this layout. */
const version = 1;

/** A seal as canonical JSON: keys in order, integers without bound as text. Equal seals are equal bytes. */
export function encodeSeal(seal: Seal): string {
  return JSON.stringify({ v: version, seal }, (_, value: unknown) => {
    if (typeof value === "bigint") return value.toString();
    if (typeof value !== "object" || value === null || Array.isArray(value)) return value;
    return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
  });
}

/** Reads what `encodeSeal` wrote. Errors: throws on another layout. */
export function decodeSeal(text: string): Seal {
  const { v, seal }: { readonly v: number; readonly seal: Stored<Seal> } = JSON.parse(text);
  if (v !== version) throw new Error(`a seal is stored in layout ${v}`);
  const { creditNotes, terms, ...rest } = seal;
  const taken = creditNotes === undefined ? {} : { creditNotes: byCode(creditNotes) };
  const amounts = { carries: byCode(seal.carries), invoices: seal.invoices.map(invoiceOf) };
  const known = terms === undefined ? {} : { terms: termsOf(terms) };
  return { ...rest, ...taken, ...amounts, ...known, customer: seal.customer };
}

function byCode(amounts: Readonly<Record<string, string>>): Readonly<Record<string, Picos>> {
  return Object.fromEntries(Object.entries(amounts).map(([code, amount]) => [code, picosOf(amount)]));
}

function invoiceOf(invoice: Stored<SealedInvoice>): SealedInvoice {
  const { exact, carriedIn, total, carriedOut } = invoice;
  return {
    ...invoice,
    lines: invoice.lines.map(lineOf),
    exact: picosOf(exact),
    carriedIn: picosOf(carriedIn),
    total: picosOf(total),
    carriedOut: picosOf(carriedOut),
  };
}

function lineOf(stored: Stored<SealedLine>): SealedLine {
  const { quantity, chargedQuantity, draws: _draws, tax: _tax, ...line } = stored;
  return {
    ...line,
    exact: picosOf(line.exact),
    amount: picosOf(line.amount),
    chargedExact: picosOf(line.chargedExact),
    ...termsOfLine(stored),
    ...(quantity === undefined ? {} : { quantity: decimalOf(quantity) }),
    ...(chargedQuantity === undefined ? {} : { chargedQuantity: decimalOf(chargedQuantity) }),
  };
}
