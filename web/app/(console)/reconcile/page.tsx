import type { Metadata } from "next";
import { Suspense } from "react";
import { LinkTabs } from "@/components/link-tabs.tsx";
import { PageHeader } from "@/components/page-header.tsx";
import { Reconciliation } from "@/components/reconcile/reconciliation.tsx";
import { PanelSkeleton } from "@/components/skeleton.tsx";
import { merchantZone } from "@/lib/api.ts";
import { rangeNames, readRange } from "@/lib/ranges.ts";
import { href, readQuery, type SearchParams } from "@/lib/search.ts";

export const metadata: Metadata = { title: "Reconciliation" };

const ranges = ["24h", "7d", "30d"] as const;

/** The proof that what was sent is what was counted, and where it is not. */
export default async function ReconcilePage({ searchParams }: { readonly searchParams: SearchParams }) {
  const [query, zone] = await Promise.all([readQuery(searchParams), merchantZone()]);
  const id = ranges.find((each) => each === query.range) ?? "24h";
  const range = readRange({ range: id }, zone, new Date().toISOString());
  const tabs = ranges.map((each) => ({
    name: rangeNames[each],
    href: href("/reconcile", { range: each }),
    current: each === id,
  }));
  return (
    <>
      <PageHeader title="Reconciliation">
        <LinkTabs label="Range" tabs={tabs} />
      </PageHeader>
      <Suspense key={id} fallback={<PanelSkeleton rows={8} />}>
        <Reconciliation range={range} zone={zone} />
      </Suspense>
    </>
  );
}
