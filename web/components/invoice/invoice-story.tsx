import type { Invoice } from "@farthing/sdk";
import { Suspense } from "react";
import { PanelSkeleton } from "@/components/skeleton.tsx";
import { CreditNotes } from "./credit-notes.tsx";
import { InvoiceHistory } from "./invoice-history.tsx";
import { Payments } from "./payments.tsx";

interface Props {
  readonly invoice: Invoice;
  readonly zone: string;
}

/** What became of an invoice after its seal: its states, the payments for it, and what was given back. */
export function InvoiceStory({ invoice, zone }: Props) {
  return (
    <>
      <InvoiceHistory invoice={invoice} zone={zone} />
      <Suspense fallback={<PanelSkeleton rows={2} title="Payments" />}>
        <Payments invoice={invoice} zone={zone} />
      </Suspense>
      {invoice.history.some(({ event }) => event === "credited") ? (
        <Suspense fallback={<PanelSkeleton rows={2} title="Credit notes" />}>
          <CreditNotes invoice={invoice} zone={zone} />
        </Suspense>
      ) : null}
    </>
  );
}
