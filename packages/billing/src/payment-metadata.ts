import { formatMoney, type MerchantId, noMoney, type Picos, sum } from "@farthing/money";
import { carryAmountOf } from "./assemble-invoice.ts";
import { invoiceId } from "./invoice-id.ts";
import type { FoundInvoice } from "./live-invoice.ts";

/** What a rail keeps beside a payment. Source: Stripe's API, "Metadata": 50 keys of 40 characters, values of 500. */
export const metadataLimits = { keys: 50, name: 40, value: 500 } as const;

const linesAtMost = 40;

/**
 * What a payment says of its invoice: whose it is, the proof root over its events, and what each line comes to. Lines past
 * the fortieth stand together in `more_lines`; the amounts always add up to the total.
 */
export function paymentMetadata(
  merchant: MerchantId,
  { seal, invoice }: FoundInvoice,
): Readonly<Record<string, string>> {
  const { currency, lines, total } = invoice;
  const money = (amount: Picos) => formatMoney(amount, currency);
  const name = { customer: seal.customer.customer, seal: seal.number, currency };
  const shown = lines.slice(0, linesAtMost).map(({ id, description, amount }) => {
    return [`line_${id}`.slice(0, metadataLimits.name), clip(`${money(amount)} ${description}`)] as const;
  });
  const rest = lines.slice(linesAtMost);
  const carry = carryAmountOf(invoice);
  return {
    merchant,
    customer: name.customer,
    invoice: invoiceId(name),
    settlement: clip(seal.settlement),
    root: clip(seal.root),
    events: String(invoice.events),
    total: money(total),
    ...Object.fromEntries(shown),
    ...(rest.length === 0
      ? {}
      : { more_lines: `${money(sum(rest.map(({ amount }) => amount)))} in ${rest.length} lines` }),
    ...(carry === noMoney ? {} : { carry: money(carry) }),
  };
}

function clip(text: string): string {
  return text.slice(0, metadataLimits.value).toWellFormed();
}
