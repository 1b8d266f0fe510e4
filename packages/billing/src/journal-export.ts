import { type Entry, hledgerJournal, type JournalEntry, type JournalTransaction, partyId } from "@farthing/ledger";
import { currency, minus, noMoney, type Picos, picos, sum } from "@farthing/money";
import { isTaxKind } from "./post-invoices.ts";
import type { ExportRow } from "./settlement-rows.ts";

/**
 * Writes rows of a settlement as plain-text accounting: a transaction for each invoice, with a leg for what each line
 * earned, exact, and one each for what is asked for and what rounding leaves. Every part of an invoice balances by itself.
 */
export function settlementJournal(rows: readonly ExportRow[]): string {
  const invoices = new Map<string, ExportRow[]>();
  for (const row of rows) {
    const { invoice = "" } = row;
    invoices.set(invoice, [...(invoices.get(invoice) ?? []), row]);
  }
  return hledgerJournal([...invoices.values()].map(transactionOf));
}

function transactionOf(rows: readonly ExportRow[]): JournalTransaction {
  const [first] = rows;
  if (first === undefined) throw new Error("an invoice without rows");
  const { invoice = "", customer = "", settlement = "", sealed_at = "", status = "", invoice_number } = first;
  const of = { currency: currency(first.currency ?? ""), party: partyId(customer) } as const;
  const legs = rows.flatMap((row) => earned(row, of));
  const asked = sum(rows.map(({ amount = "0" }) => picos(amount)));
  const exact = sum(rows.map((row) => picos(row.exact ?? "0")));
  const entries = [
    { account: { type: "receivable", ...of }, amount: asked } as const,
    ...legs,
    { account: { type: "rounding", ...of }, amount: minus(exact, asked), remark: "carried" } as const,
  ];
  const number = invoice_number === undefined ? {} : { number: invoice_number };
  return {
    date: Date.parse(sealed_at),
    code: invoice,
    description: `Invoice ${status}`,
    tags: { settlement, customer, ...number },
    entries: entries.filter(({ amount }) => amount !== noMoney),
  };
}

/** What a line earned, and what it collects for the state: of prices that hold their tax the one is what the other is not. */
function earned(row: ExportRow, of: Pick<Entry["account"], "currency" | "party">): readonly JournalEntry[] {
  const exact = picos(row.exact ?? "0");
  const tax = isTaxKind(row.kind ?? "") ? picos(row.tax_amount ?? row.exact ?? "0") : noMoney;
  const remark = [row.kind, row.meter, row.description].filter((text) => text !== undefined && text !== "").join(" ");
  const leg = (type: "tax" | "revenue", amount: Picos) => ({
    account: { type, ...of },
    amount: minus(noMoney, amount),
    remark,
  });
  return [leg("tax", tax), leg("revenue", minus(exact, tax))];
}
