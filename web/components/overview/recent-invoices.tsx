import Link from "next/link";
import { InvoiceTable } from "@/components/invoice/invoice-table.tsx";
import { Panel } from "@/components/panel.tsx";
import { Failed, NoResults } from "@/components/states.tsx";
import { listInvoices, merchantZone } from "@/lib/api.ts";

/** The newest invoices. */
export async function RecentInvoices() {
  const [invoices, zone] = await Promise.all([listInvoices({ limit: 5 }), merchantZone()]);
  if (!invoices.ok) return <Failed what="the invoices" problem={invoices.problem} />;
  if (invoices.value.items.length === 0)
    return <NoResults>No invoice is sealed yet: a settlement makes them.</NoResults>;

  const all = (
    <Link href="/invoices" className="link text-sm">
      All invoices
    </Link>
  );
  return (
    <Panel name="invoices" title="Invoices" flush actions={all}>
      <InvoiceTable invoices={invoices.value.items} zone={zone} brief />
    </Panel>
  );
}
