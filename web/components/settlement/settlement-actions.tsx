import type { Settlement } from "@farthing/sdk";
import { Download } from "lucide-react";
import Link from "next/link";
import { href } from "@/lib/search.ts";

const others = [
  { format: "xlsx", name: "Excel" },
  { format: "parquet", name: "Parquet" },
  { format: "jsonl", name: "JSON lines" },
] as const;

/** Where a settlement leads: its invoices, and, once it is done, its export. */
export function SettlementActions({ settlement: { id, status, dryRun } }: { readonly settlement: Settlement }) {
  return (
    <div className="flex flex-wrap gap-2">
      {dryRun ? null : (
        <Link href={href("/invoices", { settlement: id })} prefetch={false} className="button">
          Its invoices
        </Link>
      )}
      {status === "done" ? (
        <>
          <a href={`/settlements/${encodeURIComponent(id)}/export`} download className="button">
            <Download className="size-3.5" aria-hidden />
            Export as CSV
          </a>
          {others.map(({ format, name }) => (
            <a
              key={format}
              href={`/settlements/${encodeURIComponent(id)}/export?format=${format}`}
              download
              className="button"
            >
              {name}
            </a>
          ))}
        </>
      ) : null}
    </div>
  );
}
