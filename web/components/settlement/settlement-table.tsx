import type { Settlement, SettlementTotal } from "@farthing/sdk";
import Link from "next/link";
import { type Column, DataTable } from "@/components/data-table.tsx";
import { Moment } from "@/components/moment.tsx";
import { alignment, Money } from "@/components/money.tsx";
import { Quantity } from "@/components/quantity.tsx";
import { Status } from "@/components/status.tsx";

interface Props {
  readonly settlements: readonly Settlement[];
  readonly zone: string;
  /** Only what an overview needs. */
  readonly brief?: boolean;
}

/** Settlements with what they came to; each row leads to its settlement. */
export function SettlementTable({ settlements, zone, brief = false }: Props) {
  const totals = settlements.flatMap((settlement) => settlement.totals);
  const columns: readonly Column<Settlement>[] = [
    { head: "Through", grow: true, cell: (settlement) => <Open settlement={settlement} zone={zone} /> },
    { head: "Status", cell: ({ status, dryRun }) => <State status={status} dryRun={dryRun} /> },
    ...(brief
      ? []
      : [
          { head: "Customers", end: true, cell: ({ customers }: Settlement) => <Quantity value={String(customers)} /> },
        ]),
    { head: "Invoices", end: true, cell: ({ invoices }) => <Quantity value={String(invoices)} /> },
    ...(brief ? [] : [amounts("Exact", "exact", totals), amounts("Carried", "carried", totals)]),
    amounts("Invoiced", "invoiced", totals),
  ];
  return <DataTable label="Settlements" columns={columns} rows={settlements} rowKey={({ id }) => id} />;
}

function amounts(
  head: string,
  part: "exact" | "invoiced" | "carried",
  totals: readonly SettlementTotal[],
): Column<Settlement> {
  const align = alignment(totals.map((total) => ({ value: total[part], currency: total.currency })));
  const cell = (settlement: Settlement) =>
    settlement.totals.map((total) => (
      <div key={total.currency}>
        <Money value={total[part]} currency={total.currency} align={align} />
      </div>
    ));
  return { head, end: true, cell };
}

function Open({ settlement, zone }: { readonly settlement: Settlement; readonly zone: string }) {
  return (
    <Link href={`/settlements/${encodeURIComponent(settlement.id)}`} prefetch={false} className="row-link">
      <Moment at={settlement.through} zone={zone} />
    </Link>
  );
}

function State({ status, dryRun }: Pick<Settlement, "status" | "dryRun">) {
  return (
    <span className="inline-flex gap-1.5">
      <Status status={status} />
      {dryRun ? <Status status="dry run" /> : null}
    </span>
  );
}
