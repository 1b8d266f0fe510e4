import { X } from "lucide-react";
import Link from "next/link";
import { LinkTabs } from "@/components/link-tabs.tsx";
import { href, type QueryValues } from "@/lib/search.ts";

const states = [
  [undefined, "All"],
  ["sealed", "Sealed"],
  ["carried", "Carried"],
  ["paid", "Paid"],
  ["past_due", "Past due"],
  ["void", "Void"],
  ["uncollectible", "Uncollectible"],
] as const;

/** The filters of the list of invoices: its states as tabs, and, where a link brought them, one customer or settlement. */
export function InvoiceFilters({ query }: { readonly query: QueryValues }) {
  const kept = { customer: query.customer, settlement: query.settlement };
  return (
    <div className="flex min-w-0 flex-wrap items-center gap-2">
      {(["customer", "settlement"] as const).map((name) =>
        query[name] ? (
          <Link
            key={name}
            href={href("/invoices", { ...kept, status: query.status, [name]: undefined })}
            prefetch={false}
            className="button min-w-0 max-w-full"
            aria-label={`Drop the filter: ${name} ${query[name]}`}
          >
            <span className="truncate">
              {name} {query[name]}
            </span>
            <X className="size-3.5 shrink-0" aria-hidden />
          </Link>
        ) : null,
      )}
      <LinkTabs
        label="Status"
        tabs={states.map(([status, name]) => ({
          name,
          href: href("/invoices", { ...kept, status }),
          current: query.status === status,
        }))}
      />
    </div>
  );
}
