import type { Settlement, SettlementTotal } from "@farthing/sdk";
import { type Column, DataTable } from "@/components/data-table.tsx";
import { alignment, Money } from "@/components/money.tsx";
import { Panel } from "@/components/panel.tsx";
import { NoResults } from "@/components/states.tsx";

const parts = [
  ["Exact", "exact"],
  ["Invoiced", "invoiced"],
  ["Carried", "carried"],
] as const;

/** What a settlement came to: the exact sum, what was invoiced of it, and what was carried, in each currency. */
export function SettlementTotals({ settlement: { totals, status } }: { readonly settlement: Settlement }) {
  if (totals.length === 0) {
    return (
      <NoResults>
        {status === "done" ? "There was nothing to settle." : "Totals appear as customers are sealed."}
      </NoResults>
    );
  }
  const columns: readonly Column<SettlementTotal>[] = [
    { head: "Currency", grow: true, cell: ({ currency }) => <span className="font-medium text-ink">{currency}</span> },
    ...parts.map(([head, part]) => {
      const align = alignment(totals.map((total) => ({ value: total[part], currency: total.currency })));
      return {
        head,
        end: true,
        cell: (total: SettlementTotal) => <Money value={total[part]} currency={total.currency} align={align} />,
      };
    }),
  ];
  return (
    <Panel name="totals" title="Totals" flush>
      <DataTable label="Totals" columns={columns} rows={totals} rowKey={({ currency }) => currency} />
    </Panel>
  );
}
