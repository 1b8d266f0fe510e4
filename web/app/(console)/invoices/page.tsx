import type { Metadata } from "next";
import { InvoiceFilters } from "@/components/invoice/invoice-filters.tsx";
import { InvoiceList } from "@/components/invoice/invoice-list.tsx";
import { PageHeader } from "@/components/page-header.tsx";
import { listInvoices, merchantZone } from "@/lib/api.ts";
import { readQuery, type SearchParams } from "@/lib/search.ts";

export const metadata: Metadata = { title: "Invoices" };

/** Sealed invoices, newest first, by the filters that the address holds. */
export default async function InvoicesPage({ searchParams }: { readonly searchParams: SearchParams }) {
  const query = await readQuery(searchParams);
  const { status, customer, settlement, cursor } = query;
  const [invoices, zone] = await Promise.all([listInvoices({ status, customer, settlement, cursor }), merchantZone()]);
  return (
    <>
      <PageHeader title="Invoices">
        <InvoiceFilters query={query} />
      </PageHeader>
      <InvoiceList invoices={invoices} query={query} zone={zone} />
    </>
  );
}
