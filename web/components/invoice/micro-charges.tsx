import type { Invoice, InvoiceLine } from "@farthing/sdk";
import { Pager } from "@/components/pager.tsx";
import { Failed } from "@/components/states.tsx";
import { listCharges } from "@/lib/api.ts";
import type { QueryValues } from "@/lib/search.ts";
import { ChargeTable } from "./charge-table.tsx";

interface Props {
  readonly invoice: Invoice;
  readonly line: InvoiceLine;
  readonly zone: string;
  readonly query: QueryValues;
}

const withoutEvents: Readonly<Record<string, string>> = {
  flat: "No event stands behind this line: it is charged by the plan itself.",
  minimum: "No event stands behind this line: it is owed for the period, whatever was used.",
  carry: "No event stands behind this line: it brings what earlier invoices carried.",
};

/** A page of the micro-charges under a line: what each event added to the bill, and the bill as it then stood. */
export async function MicroCharges({ invoice, line, zone, query }: Props) {
  const answer = await listCharges(invoice.id, { line: line.id, cursor: query.cursor });
  if (!answer.ok) {
    return (
      <div className="p-4">
        <Failed what="the charges of this line" problem={answer.problem} />
      </div>
    );
  }
  const { items, nextCursor } = answer.value;
  if (items.length === 0 && !nextCursor) {
    return (
      <p data-state="empty" className="px-5 py-4 text-sm text-soft">
        {withoutEvents[line.kind] ?? "No event stands behind this line."}
      </p>
    );
  }
  return (
    <div data-state="ready" data-panel="charges" className="p-3 sm:p-4">
      <div className="rounded-lg border border-line bg-panel">
        <ChargeTable label={`Charges of ${line.description}`} charges={items} currency={invoice.currency} zone={zone} />
        <Pager
          path={`/invoices/${encodeURIComponent(invoice.id)}`}
          query={query}
          shown={items.length}
          nextCursor={nextCursor}
          thing="charge"
          anchor="charges"
        />
      </div>
    </div>
  );
}
