import type { Metadata } from "next";
import { Suspense } from "react";
import { Closes } from "@/components/ledger/closes.tsx";
import { LedgerFilters } from "@/components/ledger/ledger-filters.tsx";
import { TrialBalance } from "@/components/ledger/trial-balance.tsx";
import { PageHeader } from "@/components/page-header.tsx";
import { PanelSkeleton } from "@/components/skeleton.tsx";
import { merchantZone } from "@/lib/api.ts";
import { getTrialBalance } from "@/lib/api-ledger.ts";
import { ledgerAt } from "@/lib/ledger-at.ts";
import { readQuery, type SearchParams } from "@/lib/search.ts";

export const metadata: Metadata = { title: "Ledger" };

/** The books: the trial balance now or at the end of a day, the closed periods, and the journal as a file. */
export default async function LedgerPage({ searchParams }: { readonly searchParams: SearchParams }) {
  const [{ at }, zone] = await Promise.all([readQuery(searchParams), merchantZone()]);
  const instant = ledgerAt(at, zone);
  return (
    <>
      <PageHeader title="Ledger">
        <LedgerFilters at={at} />
      </PageHeader>
      <div className="grid grid-cols-1 gap-8">
        <TrialBalance answer={await getTrialBalance(instant)} at={instant} zone={zone} />
        <Suspense fallback={<PanelSkeleton rows={2} title="Closed periods" />}>
          <Closes />
        </Suspense>
      </div>
    </>
  );
}
