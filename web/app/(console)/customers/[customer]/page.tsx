import type { Metadata } from "next";
import { Suspense } from "react";
import { Balances } from "@/components/customer/balances.tsx";
import { CustomerDraft } from "@/components/customer/customer-draft.tsx";
import { CustomerFacts } from "@/components/customer/customer-facts.tsx";
import { CustomerInvoices } from "@/components/customer/customer-invoices.tsx";
import { CustomerPlan } from "@/components/customer/customer-plan.tsx";
import { CustomerUsage } from "@/components/customer/customer-usage.tsx";
import { PageHeader } from "@/components/page-header.tsx";
import { PanelSkeleton } from "@/components/skeleton.tsx";
import { Failed } from "@/components/states.tsx";
import { getCustomer, merchantZone, orNotFound } from "@/lib/api.ts";
import { readQuery, type SearchParams } from "@/lib/search.ts";

interface Props {
  readonly params: Promise<{ readonly customer: string }>;
  readonly searchParams: SearchParams;
}

/** The title is the customer's name. */
export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const id = decodeURIComponent((await params).customer);
  const customer = await getCustomer(id);
  return { title: customer.ok ? (customer.value.name ?? id) : "Customer" };
}

/** One customer on one screen: what was used, what it comes to, and what was invoiced. */
export default async function CustomerPage({ params, searchParams }: Props) {
  const id = decodeURIComponent((await params).customer);
  const [answer, query, zone] = await Promise.all([getCustomer(id), readQuery(searchParams), merchantZone()]);
  const customer = orNotFound(answer);
  if (!customer.ok) return <Failed what="the customer" problem={customer.problem} />;
  return (
    <>
      <PageHeader title={<bdi>{customer.value.name ?? id}</bdi>} parent={{ name: "Customers", path: "/customers" }} />
      <div className="grid grid-cols-1 gap-8">
        <Suspense fallback={<PanelSkeleton rows={2} title="Balances" />}>
          <Balances customer={id} />
        </Suspense>
        <Suspense fallback={<PanelSkeleton title="Usage" />}>
          <CustomerUsage customer={id} query={query} />
        </Suspense>
        <Suspense fallback={<PanelSkeleton title="Draft invoice" />}>
          <CustomerDraft customer={id} timezone={customer.value.timezone} />
        </Suspense>
        <Suspense fallback={<PanelSkeleton title="Invoices" />}>
          <CustomerInvoices customer={id} />
        </Suspense>
        <div className="grid grid-cols-1 items-start gap-8 lg:grid-cols-2">
          <Suspense fallback={<PanelSkeleton rows={2} title="Plan" />}>
            <CustomerPlan customer={id} />
          </Suspense>
          <CustomerFacts customer={customer.value} zone={zone} />
        </div>
      </div>
    </>
  );
}
