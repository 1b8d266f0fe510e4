import type { Metadata } from "next";
import { InvoiceFacts } from "@/components/invoice/invoice-facts.tsx";
import { InvoiceLines } from "@/components/invoice/invoice-lines.tsx";
import { InvoiceStory } from "@/components/invoice/invoice-story.tsx";
import { InvoiceSums } from "@/components/invoice/invoice-sums.tsx";
import { PdfLink } from "@/components/invoice/pdf-link.tsx";
import { PageHeader } from "@/components/page-header.tsx";
import { Period } from "@/components/period.tsx";
import { Failed } from "@/components/states.tsx";
import { Status } from "@/components/status.tsx";
import { getInvoice, merchantZone, orNotFound } from "@/lib/api.ts";
import { readQuery, type SearchParams } from "@/lib/search.ts";

interface Props {
  readonly params: Promise<{ readonly invoice: string }>;
  readonly searchParams: SearchParams;
}

/** The title names whose invoice it is. */
export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const invoice = await getInvoice(decodeURIComponent((await params).invoice));
  return { title: invoice.ok ? `Invoice of ${invoice.value.customer}` : "Invoice" };
}

/** One invoice: what it comes to and why, line by line, down to each micro-charge. The address holds which line is open. */
export default async function InvoicePage({ params, searchParams }: Props) {
  const id = decodeURIComponent((await params).invoice);
  const [answer, query, zone] = await Promise.all([getInvoice(id), readQuery(searchParams), merchantZone()]);
  const found = orNotFound(answer);
  if (!found.ok) return <Failed what="the invoice" problem={found.problem} />;

  const invoice = found.value;
  const note = (
    <span className="flex flex-wrap items-center gap-x-2 gap-y-1">
      <Status status={invoice.status} />
      <Period period={invoice.period} zone={zone} />
    </span>
  );
  return (
    <>
      <PageHeader title={`Invoice of ${invoice.customer}`} parent={{ name: "Invoices", path: "/invoices" }} note={note}>
        <PdfLink invoice={invoice} />
      </PageHeader>
      <div className="grid grid-cols-1 gap-8">
        <div className="grid grid-cols-1 items-start gap-8 lg:grid-cols-[minmax(0,1fr)_minmax(0,24rem)]">
          <InvoiceSums invoice={invoice} />
          <InvoiceFacts invoice={invoice} zone={zone} />
        </div>
        <InvoiceStory invoice={invoice} zone={zone} />
        <InvoiceLines invoice={invoice} zone={zone} query={query} />
      </div>
    </>
  );
}
