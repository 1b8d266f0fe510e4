import type { Metadata } from "next";
import { Facts } from "@/components/facts.tsx";
import { Moment } from "@/components/moment.tsx";
import { Money } from "@/components/money.tsx";
import { PageHeader } from "@/components/page-header.tsx";
import { Panel } from "@/components/panel.tsx";
import { PriceTable } from "@/components/plan/price-table.tsx";
import { Failed } from "@/components/states.tsx";
import { getPlan, merchantZone, orNotFound } from "@/lib/api.ts";

interface Props {
  readonly params: Promise<{ readonly plan: string }>;
}

/** The title is the plan's name. */
export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const key = decodeURIComponent((await params).plan);
  const plan = await getPlan(key);
  return { title: plan.ok ? (plan.value.name ?? key) : "Plan" };
}

/** The newest version of one plan, with its prices in full. */
export default async function PlanPage({ params }: Props) {
  const key = decodeURIComponent((await params).plan);
  const [answer, zone] = await Promise.all([getPlan(key), merchantZone()]);
  const plan = orNotFound(answer);
  if (!plan.ok) return <Failed what="the plan" problem={plan.problem} />;
  const { name, version, currency, interval, minimumInvoice, createdAt, prices } = plan.value;
  return (
    <>
      <PageHeader title={name ?? key} parent={{ name: "Plans", path: "/plans" }} note={`Version ${version}`} />
      <div className="grid grid-cols-1 items-start gap-8 lg:grid-cols-[minmax(0,1fr)_18rem]">
        <Panel name="prices" title="Prices" flush>
          <PriceTable prices={prices} currency={currency} />
        </Panel>
        <Panel name="facts" title="Details">
          <Facts
            facts={[
              [
                "Key",
                <code key="key" className="font-mono text-xs">
                  {key}
                </code>,
              ],
              ["Currency", currency],
              ["Billed every", interval],
              [
                "Smallest invoice",
                minimumInvoice ? <Money key="least" value={minimumInvoice} currency={currency} /> : "none",
              ],
              ["Since", <Moment key="since" at={createdAt} zone={zone} />],
            ]}
          />
        </Panel>
      </div>
    </>
  );
}
