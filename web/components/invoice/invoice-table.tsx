import type { InvoiceSummary } from "@farthing/sdk";
import Link from "next/link";
import { type Column, DataTable } from "@/components/data-table.tsx";
import { alignment, Money } from "@/components/money.tsx";
import { Period } from "@/components/period.tsx";
import { Status } from "@/components/status.tsx";

interface Props {
  readonly invoices: readonly InvoiceSummary[];
  readonly zone: string;
  /** Only what an overview needs. */
  readonly brief?: boolean;
  /** Leaves the customer out where the page is about one. */
  readonly customer?: boolean;
}

/** Invoices with their rounded totals and the exact amounts behind them; each row leads to its invoice. */
export function InvoiceTable({ invoices, zone, brief = false, customer = true }: Props) {
  const exact = alignment(invoices.map((invoice) => ({ value: invoice.exact, currency: invoice.currency })));
  const columns: readonly Column<InvoiceSummary>[] = [
    {
      head: customer ? "Customer" : "Period",
      grow: true,
      cell: (invoice) => <Open invoice={invoice} zone={zone} customer={customer} />,
    },
    ...(customer && !brief
      ? [{ head: "Period", cell: ({ period }: InvoiceSummary) => <Period period={period} zone={zone} oneLine /> }]
      : []),
    ...(brief ? [] : [{ head: "Number", end: true, cell: ({ number }: InvoiceSummary) => number ?? "" }]),
    { head: "Status", cell: ({ status }) => <Status status={status} /> },
    ...(brief
      ? []
      : [
          {
            head: "Exact",
            end: true,
            cell: (invoice: InvoiceSummary) => (
              <Money value={invoice.exact} currency={invoice.currency} align={exact} />
            ),
          },
        ]),
    { head: "Total", end: true, cell: ({ total, currency }) => <Money value={total} currency={currency} /> },
  ];
  return <DataTable tall={!brief} label="Invoices" columns={columns} rows={invoices} rowKey={({ id }) => id} />;
}

function Open({
  invoice,
  zone,
  customer,
}: {
  readonly invoice: InvoiceSummary;
  readonly zone: string;
  readonly customer: boolean;
}) {
  return (
    <Link
      href={`/invoices/${encodeURIComponent(invoice.id)}`}
      prefetch={false}
      className="row-link [overflow-wrap:anywhere]"
    >
      {customer ? invoice.customer : <Period period={invoice.period} zone={zone} oneLine />}
    </Link>
  );
}
