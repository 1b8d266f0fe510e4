import type { Metadata } from "next";
import { CustomerList } from "@/components/customer/customer-list.tsx";
import { FindCustomer } from "@/components/customer/find-customer.tsx";
import { PageHeader } from "@/components/page-header.tsx";
import { merchantZone } from "@/lib/api.ts";
import { findCustomers } from "@/lib/find-customers.ts";
import { readQuery, type SearchParams } from "@/lib/search.ts";

export const metadata: Metadata = { title: "Customers" };

/** Who is charged: made by the API, or seen in events. */
export default async function CustomersPage({ searchParams }: { readonly searchParams: SearchParams }) {
  const query = await readQuery(searchParams);
  const [customers, zone] = await Promise.all([findCustomers(query), merchantZone()]);
  return (
    <>
      <PageHeader title="Customers">
        <FindCustomer id={query.id ?? ""} />
      </PageHeader>
      <CustomerList customers={customers} query={query} zone={zone} />
    </>
  );
}
