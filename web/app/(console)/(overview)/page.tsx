import type { Metadata } from "next";
import { Suspense } from "react";
import { Conservation, readReportRange } from "@/components/overview/conservation.tsx";
import { Figures } from "@/components/overview/figures.tsx";
import { RecentInvoices } from "@/components/overview/recent-invoices.tsx";
import { RecentSettlements } from "@/components/overview/recent-settlements.tsx";
import { WeekUsage } from "@/components/overview/week-usage.tsx";
import { PageHeader } from "@/components/page-header.tsx";
import { PanelSkeleton } from "@/components/skeleton.tsx";
import { Failed, FirstUse } from "@/components/states.tsx";
import { listCustomers } from "@/lib/api.ts";
import { eventCommand } from "@/lib/commands.ts";
import { readQuery, type SearchParams } from "@/lib/search.ts";

export const metadata: Metadata = { title: "Overview" };

/** What came in, where it went, and what was invoiced for it. Each panel is read, and fails, by itself. */
export default async function OverviewPage({ searchParams }: { readonly searchParams: SearchParams }) {
  const [query, customers] = await Promise.all([readQuery(searchParams), listCustomers({ limit: 1 })]);
  const report = readReportRange(query.report);
  if (!customers.ok) return <Failed what="the overview" problem={customers.problem} />;
  if (customers.value.items.length === 0) return <Welcome />;

  return (
    <>
      <PageHeader title="Overview" />
      <div className="grid grid-cols-1 gap-8">
        <Suspense fallback={<PanelSkeleton rows={2} />}>
          <Figures />
        </Suspense>
        <Suspense fallback={<PanelSkeleton title="Usage in the last 7 days" />}>
          <WeekUsage />
        </Suspense>
        <Suspense key={report} fallback={<PanelSkeleton title="Where every event went" />}>
          <Conservation range={report} />
        </Suspense>
        <div className="grid grid-cols-1 gap-8 xl:grid-cols-2">
          <Suspense fallback={<PanelSkeleton title="Settlements" />}>
            <RecentSettlements />
          </Suspense>
          <Suspense fallback={<PanelSkeleton title="Invoices" />}>
            <RecentInvoices />
          </Suspense>
        </div>
      </div>
    </>
  );
}

function Welcome() {
  return (
    <>
      <PageHeader title="Overview" />
      <FirstUse title="Send the first event" command={eventCommand()}>
        Farthing stores each event once, prices it exactly and folds it into an invoice. Nothing has arrived yet.
      </FirstUse>
    </>
  );
}
