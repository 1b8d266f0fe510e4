import type { DraftInvoice, InvoiceLine } from "@farthing/sdk";
import { type Column, DataTable } from "@/components/data-table.tsx";
import { alignment, Money } from "@/components/money.tsx";
import { Quantity } from "@/components/quantity.tsx";

/** The lines of a draft, exact and as they would be rounded, and what they would come to. */
export function DraftLines({ invoice }: { readonly invoice: DraftInvoice }) {
  const { currency, lines } = invoice;
  const align = alignment(lines.map(({ exact }) => ({ value: exact, currency })));
  const columns: readonly Column<InvoiceLine>[] = [
    {
      head: "Line",
      grow: true,
      cell: ({ description, group }) => <Words description={description} group={Object.entries(group ?? {})} />,
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
    <DataTable
      label={`Lines of the draft in ${currency}`}
      columns={columns}
      rows={lines}
      rowKey={({ id }) => id}
      foot={<Total invoice={invoice} />}
    />
  );
}

interface WordsProps {
  readonly description: string;
  readonly group: readonly (readonly [name: string, value: string])[];
}

function Words({ description, group }: WordsProps) {
  return (
    <span className="text-ink [overflow-wrap:anywhere]">
      {description}
      {group.length > 0 ? (
        <span className="block text-xs text-soft">{group.map(([name, value]) => `${name} ${value}`).join(", ")}</span>
      ) : null}
    </span>
  );
}

function Total({ invoice: { total, currency } }: { readonly invoice: DraftInvoice }) {
  return (
    <tr className="font-medium">
      <th scope="row" colSpan={3} className="border-t border-line-strong px-4 py-2.5 text-left text-ink sm:pl-5">
        Total so far
      </th>
      <td className="border-t border-line-strong py-2.5 pl-3 pr-4 text-right sm:pr-5" data-draft-total>
        <Money value={total} currency={currency} />
      </td>
    </tr>
  );
}
