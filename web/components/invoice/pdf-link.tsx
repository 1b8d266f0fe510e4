import type { Invoice } from "@farthing/sdk";
import { Download } from "lucide-react";

/** Leads to an invoice's document; one without a number has none. */
export function PdfLink({ invoice: { id, number } }: { readonly invoice: Invoice }) {
  if (number === undefined) return null;
  return (
    <a href={`/invoices/${encodeURIComponent(id)}/pdf`} download className="button">
      <Download className="size-3.5" aria-hidden />
      PDF
    </a>
  );
}
