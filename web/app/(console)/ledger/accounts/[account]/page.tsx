import type { Metadata } from "next";
import { EntryList } from "@/components/ledger/entry-list.tsx";
import { Moment } from "@/components/moment.tsx";
import { PageHeader } from "@/components/page-header.tsx";
import { Failed } from "@/components/states.tsx";
import { merchantZone, orNotFound } from "@/lib/api.ts";
import { listEntries } from "@/lib/api-ledger.ts";
import { readQuery, type SearchParams } from "@/lib/search.ts";

interface Props {
  readonly params: Promise<{ readonly account: string }>;
  readonly searchParams: SearchParams;
}

/** The title is the account's id. */
export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: decodeURIComponent((await params).account) };
}

/** An account's entries page by page, each with the balance after it; up to the instant that the address names. */
export default async function AccountPage({ params, searchParams }: Props) {
  const account = decodeURIComponent((await params).account);
  const [query, zone] = await Promise.all([readQuery(searchParams), merchantZone()]);
  const { cursor, to } = query;
  const entries = orNotFound(await listEntries(account, { cursor, to }));
  if (!entries.ok) return <Failed what="the entries" problem={entries.problem} />;
  const note = to ? (
    <>
      Entries before <Moment at={to} zone={zone} detail="second" />
    </>
  ) : undefined;
  const [, currency = ""] = account.split(":");
  return (
    <>
      <PageHeader title={account} parent={{ name: "Ledger", path: "/ledger" }} note={note} />
      <EntryList account={account} currency={currency} entries={entries.value} query={query} zone={zone} />
    </>
  );
}
