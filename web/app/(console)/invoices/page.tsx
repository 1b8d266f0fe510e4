import type { Metadata } from "next";
import { InvoiceFilters } from "@/components/invoice/invoice-filters.tsx";
import { InvoiceList } from "@/components/invoice/invoice-list.tsx";
import { PastDueList } from "@/components/invoice/past-due-list.tsx";
import { PageHeader } from "@/components/page-header.tsx";
import { listInvoices, merchantZone } from "@/lib/api.ts";
import { listPastDue } from "@/lib/api-invoices.ts";
import { type QueryValues, readQuery, type SearchParams } from "@/lib/search.ts";

interface Props {
  readonly searchParams: SearchParams;
}

/** The title tells who is late from all invoices. */
export async function generateMetadata({ searchParams }: Props): Promise<Metadata> {
  return { title: titleOf(await readQuery(searchParams)) };
}

/** Sealed invoices, newest first, by the filters that the address holds; those past due by who owes them. */
export default async function InvoicesPage({ searchParams }: Props) {
  const [query, zone] = await Promise.all([readQuery(searchParams), merchantZone()]);
  const { status, customer, settlement, cursor } = query;
  return (
    <>
      <PageHeader title={titleOf(query)}>
        <InvoiceFilters query={query} />
      </PageHeader>
      {status === "past_due" ? (
        <PastDueList answer={await listPastDue({ customer, settlement })} query={query} zone={zone} />
      ) : (
        <InvoiceList
          invoices={await listInvoices({ status, customer, settlement, cursor })}
          query={query}
          zone={zone}
        />
      )}
    </>
  );
}

function titleOf({ status }: QueryValues): string {
  return status === "past_due" ? "Customers past due" : "Invoices";
}
