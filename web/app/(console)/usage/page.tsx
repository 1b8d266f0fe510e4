import type { Metadata } from "next";
import { Suspense } from "react";
import { PageHeader } from "@/components/page-header.tsx";
import { PanelSkeleton } from "@/components/skeleton.tsx";
import { Failed, FirstUse } from "@/components/states.tsx";
import { UsageExplorer } from "@/components/usage/usage-explorer.tsx";
import { UsageFilters } from "@/components/usage/usage-filters.tsx";
import { listMeters, merchantZone } from "@/lib/api.ts";
import { meterCommand } from "@/lib/commands.ts";
import { readQuery, type SearchParams } from "@/lib/search.ts";
import { usageChoice } from "@/lib/usage-choice.ts";

export const metadata: Metadata = { title: "Usage" };

/** One meter over time, cut and grouped as the address says. */
export default async function UsagePage({ searchParams }: { readonly searchParams: SearchParams }) {
  const [query, meters, zone] = await Promise.all([readQuery(searchParams), listMeters(), merchantZone()]);
  if (!meters.ok) return <Failed what="the meters" problem={meters.problem} />;

  const choice = usageChoice(query, { meters: meters.value.items, zone, now: new Date().toISOString() });
  return (
    <>
      <PageHeader title="Usage" />
      {choice ? (
        <div className="grid grid-cols-1 gap-6">
          <UsageFilters choice={choice} meters={meters.value.items} />
          <Suspense key={JSON.stringify(choice.query)} fallback={<PanelSkeleton rows={6} />}>
            <UsageExplorer choice={choice} />
          </Suspense>
        </div>
      ) : (
        <FirstUse title="No meter yet" command={meterCommand()}>
          Usage is what meters count. Make the first one, and what was sent before it is counted too.
        </FirstUse>
      )}
    </>
  );
}
