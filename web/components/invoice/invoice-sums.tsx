import type { Invoice } from "@farthing/sdk";
import type { ReactNode } from "react";
import { alignment, Money } from "@/components/money.tsx";
import { Panel } from "@/components/panel.tsx";
import { sum } from "@/lib/decimal.ts";
import { roundingSentence } from "@/lib/invoice-words.ts";

/** The invoice's total, and the exact sum that led to it: exact + carried in = total + carried out. */
export function InvoiceSums({ invoice }: { readonly invoice: Invoice }) {
  const { currency, exact, carriedIn, total, carriedOut } = invoice;
  const align = alignment([exact, carriedIn, total, carriedOut].map((value) => ({ value, currency })));
  const money = (value: string) => <Money value={value} currency={currency} align={align} />;
  return (
    <Panel name="sums" title="Total">
      <p className="text-2xl font-semibold tracking-tight" data-invoice-total>
        <Money value={total} currency={currency} />
      </p>
      <p className="mt-2 max-w-prose text-sm text-body">{roundingSentence(invoice)}</p>
      <dl className="mt-5 max-w-md text-sm">
        <Sum name="Charges, exact">{money(exact)}</Sum>
        <Sum name="Carried in">{money(carriedIn)}</Sum>
        <Sum name="To settle" strong>
          {money(sum([exact, carriedIn]))}
        </Sum>
        <Sum name="Total of this invoice">{money(total)}</Sum>
        <Sum name="Carried out">{money(carriedOut)}</Sum>
      </dl>
    </Panel>
  );
}

function Sum({
  name,
  strong = false,
  children,
}: {
  readonly name: string;
  readonly strong?: boolean;
  readonly children: ReactNode;
}) {
  return (
    <div
      className={`flex items-baseline justify-between gap-4 py-1 ${strong ? "mb-1 border-y border-line-strong font-medium" : ""}`}
    >
      <dt className={strong ? "text-ink" : "text-soft"}>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}
