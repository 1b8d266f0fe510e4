import type { Subscription } from "@farthing/sdk";
import Link from "next/link";
import { type Column, DataTable } from "@/components/data-table.tsx";
import { Moment } from "@/components/moment.tsx";
import { Panel } from "@/components/panel.tsx";
import { Failed, NoResults } from "@/components/states.tsx";
import { listSubscriptions, merchantZone } from "@/lib/api.ts";

/** What the customer is charged by, from when: the version of a plan that each subscription stays on. */
export async function CustomerPlan({ customer }: { readonly customer: string }) {
  const [answer, zone] = await Promise.all([listSubscriptions(customer), merchantZone()]);
  if (!answer.ok) return <Failed what="the subscriptions" problem={answer.problem} />;

  const columns: readonly Column<Subscription>[] = [
    { head: "Plan", grow: true, cell: ({ plan }) => <Open plan={plan} /> },
    { head: "Version", end: true, cell: ({ planVersion }) => planVersion },
    { head: "Since", end: true, cell: ({ start }) => <Moment at={start} zone={zone} /> },
  ];
  return answer.value.items.length === 0 ? (
    <div>
      <h2 className="mb-2 text-base font-semibold">Plan</h2>
      <NoResults>No subscription: only direct charges are billed.</NoResults>
    </div>
  ) : (
    <Panel name="plan" title="Plan" flush>
      <DataTable label="Subscriptions" columns={columns} rows={answer.value.items} rowKey={({ id }) => id} />
    </Panel>
  );
}

function Open({ plan }: { readonly plan: string }) {
  return (
    <Link href={`/plans/${encodeURIComponent(plan)}`} prefetch={false} className="row-link">
      {plan}
    </Link>
  );
}
