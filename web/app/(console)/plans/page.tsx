import type { Metadata } from "next";
import { PageHeader } from "@/components/page-header.tsx";
import { PlanList } from "@/components/plan/plan-list.tsx";
import { listPlans, merchantZone } from "@/lib/api.ts";
import { readQuery, type SearchParams } from "@/lib/search.ts";

export const metadata: Metadata = { title: "Plans" };

/** The price lists that customers are charged by. */
export default async function PlansPage({ searchParams }: { readonly searchParams: SearchParams }) {
  const query = await readQuery(searchParams);
  const [plans, zone] = await Promise.all([listPlans({ cursor: query.cursor }), merchantZone()]);
  return (
    <>
      <PageHeader title="Plans" note="Versioned price lists. Who subscribed to a version stays on it until moved." />
      <PlanList plans={plans} query={query} zone={zone} />
    </>
  );
}
