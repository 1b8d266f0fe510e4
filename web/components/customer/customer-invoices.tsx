import Link from "next/link";
import { InvoiceTable } from "@/components/invoice/invoice-table.tsx";
import { Panel } from "@/components/panel.tsx";
import { Failed, NoResults } from "@/components/states.tsx";
import { listInvoices, merchantZone } from "@/lib/api.ts";
import { href } from "@/lib/search.ts";

/** The customer's newest invoices. */
export async function CustomerInvoices({ customer }: { readonly customer: string }) {
  const [answer, zone] = await Promise.all([listInvoices({ customer, limit: 12 }), merchantZone()]);
  if (!answer.ok) return <Failed what="the invoices" problem={answer.problem} />;
  if (answer.value.items.length === 0) {
    return (
      <div>
        <h2 className="mb-2 text-base font-semibold">Invoices</h2>
        <NoResults>Nothing is invoiced yet: the first settlement after a period's end makes an invoice.</NoResults>
      </div>
    );
  }
  const all = (
    <Link href={href("/invoices", { customer })} className="link text-sm">
      All of its invoices
    </Link>
  );
  return (
    <Panel name="invoices" title="Invoices" flush actions={all}>
      <InvoiceTable invoices={answer.value.items} zone={zone} customer={false} />
    </Panel>
  );
}
