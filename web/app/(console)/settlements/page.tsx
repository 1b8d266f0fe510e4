import type { Metadata } from "next";
import { PageHeader } from "@/components/page-header.tsx";
import { SettlementList } from "@/components/settlement/settlement-list.tsx";
import { listSettlements, merchantZone } from "@/lib/api.ts";
import { readQuery, type SearchParams } from "@/lib/search.ts";

export const metadata: Metadata = { title: "Settlements" };

/** The runs that fold charges into invoices, newest first. */
export default async function SettlementsPage({ searchParams }: { readonly searchParams: SearchParams }) {
  const query = await readQuery(searchParams);
  const [settlements, zone] = await Promise.all([listSettlements({ cursor: query.cursor }), merchantZone()]);
  return (
    <>
      <PageHeader
        title="Settlements"
        note="Each run rolls what has news, then seals customers. Its totals balance to zero: exact = invoiced + carried."
      />
      <SettlementList settlements={settlements} query={query} zone={zone} />
    </>
  );
}
