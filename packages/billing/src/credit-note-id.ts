import { type CurrencyCode, type CustomerId, isCurrency, parseCustomerId } from "@farthing/money";

/** Which credit note: a record of a customer's account log, and its currency. */
export interface CreditNoteName {
  readonly customer: CustomerId;
  readonly record: number;
  readonly currency: CurrencyCode;
}

/** The id of a credit note, which says where its record is. */
export function creditNoteId({ customer, record, currency }: CreditNoteName): string {
  return `cn_${customer}_${record}_${currency}`;
}

/** Reads a credit note's id; undefined for any other text. */
export function parseCreditNoteId(id: string): CreditNoteName | undefined {
  const [, name = "", record = "", currency = ""] = /^cn_(.{1,128})_([1-9]\d{0,8})_([A-Z]{3})$/s.exec(id) ?? [];
  const customer = parseCustomerId(name);
  return customer.ok && isCurrency(currency)
    ? { customer: customer.value, record: Number(record), currency }
    : undefined;
}
