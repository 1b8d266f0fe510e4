import type { Balance } from "@farthing/sdk";
import { type Column, DataTable } from "@/components/data-table.tsx";
import { Money } from "@/components/money.tsx";
import { Panel } from "@/components/panel.tsx";
import { Failed, NoResults } from "@/components/states.tsx";
import { getBalance } from "@/lib/api.ts";

type Row = Balance["balances"][number];

const parts = [
  ["Not yet billed", "unbilled"],
  ["Carried", "carried"],
  ["Due", "due"],
  ["Held", "held"],
  ["Prepaid", "prepaid"],
] as const;

/** What is due, held, prepaid, carried and not yet billed, now, in each currency. */
export async function Balances({ customer }: { readonly customer: string }) {
  const answer = await getBalance(customer);
  if (!answer.ok) return <Failed what="the balances" problem={answer.problem} />;
  const { balances } = answer.value;
  if (balances.length === 0) return <NoResults>This customer has no balance in any currency yet.</NoResults>;

  const columns: readonly Column<Row>[] = [
    { head: "Currency", grow: true, cell: ({ currency }) => <span className="font-medium text-ink">{currency}</span> },
    ...parts.map(([head, part]) => ({
      head,
      end: true,
      cell: (row: Row) => <Money value={row[part]} currency={row.currency} />,
    })),
  ];
  return (
    <Panel name="balances" title="Balances" flush>
      <DataTable label="Balances" columns={columns} rows={balances} rowKey={({ currency }) => currency} />
    </Panel>
  );
}
