import type { Invoice, InvoiceLine } from "@farthing/sdk";
import { Suspense } from "react";
import { type Column, DataTable } from "@/components/data-table.tsx";
import { alignment, Money } from "@/components/money.tsx";
import { Panel } from "@/components/panel.tsx";
import { Quantity } from "@/components/quantity.tsx";
import { PanelSkeleton } from "@/components/skeleton.tsx";
import { NoResults } from "@/components/states.tsx";
import type { QueryValues } from "@/lib/search.ts";
import { LineLink } from "./line-link.tsx";
import { MicroCharges } from "./micro-charges.tsx";

interface Props {
  readonly invoice: Invoice;
  readonly zone: string;
  readonly query: QueryValues;
}

/** The lines of an invoice, exact and as rounded; the line that the address names stands open, with its micro-charges. */
export function InvoiceLines({ invoice, zone, query }: Props) {
  const { currency, lines } = invoice;
  if (lines.length === 0) return <NoResults>This invoice has no lines: only what was carried in.</NoResults>;
  const align = alignment(lines.map(({ exact }) => ({ value: exact, currency })));
  const columns: readonly Column<InvoiceLine>[] = [
    {
      head: "Line",
      grow: true,
      cell: (line) => <LineLink line={line} invoice={invoice} open={line.id === query.line} zone={zone} />,
    },
    {
      head: "Quantity",
      end: true,
      cell: ({ quantity }) => (quantity === undefined ? null : <Quantity value={quantity} />),
    },
    { head: "Exact", end: true, cell: ({ exact }) => <Money value={exact} currency={currency} align={align} /> },
    { head: "Amount", end: true, cell: ({ amount }) => <Money value={amount} currency={currency} /> },
  ];
  return (
    <Panel
      name="lines"
      title="Lines"
      flush
      note="Open a line to read every charge that it is made of. Amounts are shown so that they add up to the total."
    >
      <DataTable
        label="Lines"
        columns={columns}
        rows={lines}
        rowKey={({ id }) => id}
        below={(line) =>
          line.id === query.line ? (
            <div id="charges">
              <Suspense key={query.cursor} fallback={<PanelSkeleton rows={3} />}>
                <MicroCharges invoice={invoice} line={line} zone={zone} query={query} />
              </Suspense>
            </div>
          ) : null
        }
        foot={<Total invoice={invoice} />}
      />
    </Panel>
  );
}

function Total({ invoice: { total, currency } }: { readonly invoice: Invoice }) {
  return (
    <tr className="font-medium">
      <th scope="row" colSpan={3} className="border-t border-line-strong px-4 py-2.5 text-left text-ink sm:pl-5">
        Total
      </th>
      <td className="border-t border-line-strong py-2.5 pl-3 pr-4 text-right sm:pr-5">
        <Money value={total} currency={currency} />
      </td>
    </tr>
  );
}
