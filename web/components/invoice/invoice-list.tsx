import type { InvoiceSummary, Page } from "@farthing/sdk";
import { Pager } from "@/components/pager.tsx";
import { Panel } from "@/components/panel.tsx";
import { Failed, FirstUse, NoResults } from "@/components/states.tsx";
import type { Answer } from "@/lib/api.ts";
import { settleCommand } from "@/lib/commands.ts";
import type { QueryValues } from "@/lib/search.ts";
import { InvoiceTable } from "./invoice-table.tsx";

interface Props {
  readonly invoices: Answer<Page<InvoiceSummary>>;
  readonly query: QueryValues;
  readonly zone: string;
}

/** A page of invoices, or what stands in its place. A page may be empty while more follow, since filters apply after reading. */
export function InvoiceList({ invoices, query, zone }: Props) {
  if (!invoices.ok) return <Failed what="the invoices" problem={invoices.problem} />;
  const { items, nextCursor } = invoices.value;
  if (items.length === 0 && !nextCursor) return <Nothing query={query} />;
  return (
    <Panel name="invoices" flush>
      {items.length > 0 ? <InvoiceTable invoices={items} zone={zone} /> : null}
      <Pager path="/invoices" query={query} shown={items.length} nextCursor={nextCursor} thing="invoice" />
    </Panel>
  );
}

function Nothing({ query: { status, customer, settlement, cursor } }: Pick<Props, "query">) {
  if (!status && !customer && !settlement && !cursor) {
    return (
      <FirstUse title="No invoice yet" command={settleCommand(new Date().toISOString().slice(0, 10))}>
        Invoices are made by settlements: by themselves when a customer's period ends, or when one is asked for.
      </FirstUse>
    );
  }
  const filters = [
    status && `status ${status}`,
    customer && `customer ${customer}`,
    settlement && `settlement ${settlement}`,
  ];
  return (
    <NoResults clear="/invoices">
      No invoice has{" "}
      <strong className="text-ink">{filters.filter(Boolean).join(", ") || "a place on this page"}</strong>.
    </NoResults>
  );
}
