import type { Invoice, InvoiceLine } from "@farthing/sdk";
import { ChevronRight } from "lucide-react";
import Link from "next/link";
import { PendingMark } from "@/components/pending-mark.tsx";
import { Period } from "@/components/period.tsx";
import { href } from "@/lib/search.ts";

interface Props {
  readonly invoice: Invoice;
  /** The line; one that bills a part of the invoice's period says which. */
  readonly line: InvoiceLine;
  readonly open: boolean;
  readonly zone: string;
}

/** What a line charges for, as the link that opens it and closes it again. */
export function LineLink({ invoice, line, open, zone }: Props) {
  const groups = Object.entries(line.group ?? {}).map(([name, value]) => `${name} ${value}`);
  const { period = invoice.period } = line;
  const part = period.from !== invoice.period.from || period.to !== invoice.period.to;
  return (
    <Link
      href={href(`/invoices/${encodeURIComponent(invoice.id)}`, { line: open ? undefined : line.id })}
      prefetch={false}
      scroll={false}
      aria-expanded={open}
      data-line={line.id}
      className="row-link inline-flex min-w-44 items-baseline gap-1.5"
    >
      <ChevronRight className={`mt-1 size-3.5 shrink-0 self-start text-soft ${open ? "rotate-90" : ""}`} aria-hidden />
      <span>
        {line.description}
        {groups.length > 0 ? <span className="pl-2 text-xs font-normal text-soft">{groups.join(", ")}</span> : null}
        {part ? (
          <span className="block text-xs font-normal text-soft">
            <Period period={period} zone={zone} />
          </span>
        ) : null}
      </span>
      <PendingMark />
    </Link>
  );
}
