import type { Page, Plan } from "@farthing/sdk";
import Link from "next/link";
import { type Column, DataTable } from "@/components/data-table.tsx";
import { Moment } from "@/components/moment.tsx";
import { Pager } from "@/components/pager.tsx";
import { Panel } from "@/components/panel.tsx";
import { Failed, FirstUse } from "@/components/states.tsx";
import type { Answer } from "@/lib/api.ts";
import { planCommand } from "@/lib/commands.ts";
import type { QueryValues } from "@/lib/search.ts";

interface Props {
  readonly plans: Answer<Page<Plan>>;
  readonly query: QueryValues;
  readonly zone: string;
}

/** A page of plans, or what stands in its place; each row leads to its plan. */
export function PlanList({ plans, query, zone }: Props) {
  if (!plans.ok) return <Failed what="the plans" problem={plans.problem} />;
  const { items, nextCursor } = plans.value;
  if (items.length === 0 && !query.cursor) {
    return (
      <FirstUse title="No plan yet" command={planCommand()}>
        A plan prices what meters count. A price may be far below a cent: amounts are summed exactly and rounded once,
        on the invoice.
      </FirstUse>
    );
  }
  const columns: readonly Column<Plan>[] = [
    { head: "Plan", grow: true, cell: (plan) => <Open plan={plan} /> },
    { head: "Key", cell: ({ key }) => <code className="font-mono text-xs">{key}</code> },
    { head: "Currency", cell: ({ currency }) => currency },
    { head: "Every", cell: ({ interval }) => interval },
    { head: "Prices", end: true, cell: ({ prices }) => prices.length },
    { head: "Version", end: true, cell: ({ version }) => version },
    { head: "Since", end: true, cell: ({ createdAt }) => <Moment at={createdAt} zone={zone} detail="day" /> },
  ];
  return (
    <Panel name="plans" flush>
      <DataTable label="Plans" columns={columns} rows={items} rowKey={({ key }) => key} />
      <Pager path="/plans" query={query} shown={items.length} nextCursor={nextCursor} thing="plan" />
    </Panel>
  );
}

function Open({ plan: { key, name } }: { readonly plan: Plan }) {
  return (
    <Link href={`/plans/${encodeURIComponent(key)}`} prefetch={false} className="row-link">
      {name ?? key}
    </Link>
  );
}
