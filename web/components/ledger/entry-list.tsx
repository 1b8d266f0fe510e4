import type { LedgerEntry, Page } from "@farthing/sdk";
import Link from "next/link";
import { type Column, DataTable } from "@/components/data-table.tsx";
import { Moment } from "@/components/moment.tsx";
import { alignment, Money } from "@/components/money.tsx";
import { Pager } from "@/components/pager.tsx";
import { Panel } from "@/components/panel.tsx";
import { NoResults } from "@/components/states.tsx";
import { causeLink } from "@/lib/cause-link.ts";
import { isZero } from "@/lib/decimal.ts";
import type { QueryValues } from "@/lib/search.ts";

interface Props {
  readonly account: string;
  readonly currency: string;
  readonly entries: Page<LedgerEntry>;
  readonly query: QueryValues;
  readonly zone: string;
}

/** A page of an account's entries, each with what posted it and the balance after it. */
export function EntryList({ account, currency, entries, query, zone }: Props) {
  const { items, nextCursor } = entries;
  const path = `/ledger/accounts/${encodeURIComponent(account)}`;
  if (items.length === 0 && !nextCursor) {
    return <NoResults {...(query.to ? { clear: path } : {})}>No entry stands in this account.</NoResults>;
  }
  return (
    <Panel name="entries" flush>
      <DataTable
        tall
        label="Entries"
        columns={columnsOf(items, currency, zone)}
        rows={items}
        rowKey={({ id, cause }) => `${cause} ${id}`}
      />
      <Pager path={path} query={query} shown={items.length} nextCursor={nextCursor} thing="entry" things="entries" />
    </Panel>
  );
}

function columnsOf(entries: readonly LedgerEntry[], currency: string, zone: string): readonly Column<LedgerEntry>[] {
  return [
    { head: "Date", cell: ({ date }) => <Moment at={date} zone={zone} detail="second" /> },
    { head: "What", grow: true, cell: (entry) => <What entry={entry} /> },
    { head: "Happened", cell: ({ occurredAt }) => <Moment at={occurredAt} zone={zone} /> },
    ...(["debit", "credit", "balance"] as const).map((part) => {
      const align = alignment(entries.map((entry) => ({ value: entry[part], currency })));
      const cell = (entry: LedgerEntry) =>
        part !== "balance" && isZero(entry[part]) ? null : (
          <Money value={entry[part]} currency={currency} align={align} />
        );
      return { head: part.slice(0, 1).toUpperCase() + part.slice(1), end: true, cell };
    }),
  ];
}

function What({ entry: { cause, description } }: { readonly entry: LedgerEntry }) {
  const path = causeLink(cause);
  const words = <code className="font-mono text-xs [overflow-wrap:anywhere]">{cause}</code>;
  return (
    <span className="text-ink [overflow-wrap:anywhere]">
      {description}
      <span className="block text-soft">
        {path === undefined ? (
          words
        ) : (
          <Link href={path} prefetch={false} className="link">
            {words}
          </Link>
        )}
      </span>
    </span>
  );
}
