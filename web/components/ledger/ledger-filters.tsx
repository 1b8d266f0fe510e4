import { Download } from "lucide-react";
import Link from "next/link";

const formats = [
  { format: "csv", name: "Journal as CSV" },
  { format: "hledger", name: "Journal for hledger" },
] as const;

/** The day of the balance, which stands in the address, and the journal as files. */
export function LedgerFilters({ at }: { readonly at: string | undefined }) {
  const day = at !== undefined && /^\d{4}-\d{2}-\d{2}$/.test(at) ? at : "";
  return (
    <div className="flex min-w-0 flex-wrap items-center gap-2">
      <form action="/ledger" className="flex flex-wrap items-center gap-2">
        <label className="flex min-w-0 items-center gap-2 text-sm text-soft">
          At the end of
          <input key={day} type="date" name="at" defaultValue={day} className="field min-w-0" />
        </label>
        <button type="submit" className="button">
          Show
        </button>
        {at === undefined ? null : (
          <Link href="/ledger" className="button">
            Now
          </Link>
        )}
      </form>
      {formats.map(({ format, name }) => (
        <a key={format} href={`/ledger/journal?format=${format}`} download className="button">
          <Download className="size-3.5" aria-hidden />
          {name}
        </a>
      ))}
    </div>
  );
}
