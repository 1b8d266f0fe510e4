import { type CurrencyCode, type CustomerId, isCurrency, parseCustomerId } from "@farthing/money";

/** Which invoice: one currency's part of a customer's seal. */
export interface InvoiceName {
  readonly customer: CustomerId;
  readonly seal: number;
  readonly currency: CurrencyCode;
}

/** The id of an invoice, which says where its seal is. */
export function invoiceId({ customer, seal, currency }: InvoiceName): string {
  return `inv_${customer}_${seal}_${currency}`;
}

/** Reads an invoice's id; undefined for any other text. */
export function parseInvoiceId(id: string): InvoiceName | undefined {
  const [, name = "", seal = "", currency = ""] = /^inv_(.{1,128})_([1-9]\d{0,8})_([A-Z]{3})$/s.exec(id) ?? [];
  const customer = parseCustomerId(name);
  return customer.ok && isCurrency(currency) ? { customer: customer.value, seal: Number(seal), currency } : undefined;
}
