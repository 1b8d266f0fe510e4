import Link from "next/link";
import { FilterSelect } from "@/components/filter-select.tsx";
import { LinkTabs } from "@/components/link-tabs.tsx";
import { type EventChoice, verdicts } from "@/lib/event-choice.ts";
import { rangeNames } from "@/lib/ranges.ts";
import { href, type QueryValues } from "@/lib/search.ts";

const ranges = ["24h", "7d", "30d"] as const;
const typed = ["customer", "type", "id"] as const;

/** Everything that shapes the events page; every choice is an address, and the form is a plain one. */
export function EventFilters({ choice: { query, range, live, named } }: { readonly choice: EventChoice }) {
  const kept: QueryValues = { ...query, cursor: undefined, page: undefined, show: undefined };
  const to = (change: QueryValues) => href("/events", { ...kept, ...change });
  const hidden = Object.entries(kept).filter(([name]) => !typed.some((each) => each === name));
  return (
    <div className="grid gap-3 rounded-lg border border-line bg-panel p-4 sm:px-5" data-panel="filters">
      <form action="/events" className="flex flex-wrap items-center gap-2">
        {hidden.map(([name, value]) => (value ? <input key={name} type="hidden" name={name} value={value} /> : null))}
        {typed.map((name) => (
          <label key={name} className="flex min-w-0 items-center gap-2 text-sm text-soft first-letter:uppercase">
            {name === "id" ? "Id" : name === "type" ? "Type" : "Customer"}
            <input
              key={query[name] ?? ""}
              name={name}
              defaultValue={query[name] ?? ""}
              autoComplete="off"
              className="field w-36 min-w-0"
            />
          </label>
        ))}
        <button type="submit" className="button">
          Filter
        </button>
      </form>
      <div className="flex flex-wrap items-center gap-x-5 gap-y-3">
        <LinkTabs
          label="Which events"
          tabs={[
            { name: "Stored", href: to({ live: undefined }), current: !live },
            { name: "Live", href: to({ live: "1", verdict: undefined, outcome: undefined }), current: live },
          ]}
        />
        {live ? null : <Stored to={to} query={query} rangeId={range.id} />}
        {named.some(([name]) => name === "outcome" || name === "meter") || query.since ? (
          <Link className="button" href="/events" prefetch={false}>
            Clear filters
          </Link>
        ) : null}
      </div>
    </div>
  );
}

interface StoredProps {
  readonly to: (change: QueryValues) => string;
  readonly query: QueryValues;
  readonly rangeId: string;
}

function Stored({ to, query, rangeId }: StoredProps) {
  const given = { since: undefined, until: undefined, from: undefined, through: undefined };
  const choices = verdicts.map((verdict) => ({ value: verdict, name: verdict, href: to({ verdict }) }));
  return (
    <>
      <LinkTabs
        label="Range"
        tabs={ranges.map((id) => ({
          name: rangeNames[id],
          href: to({ ...given, range: id }),
          current: rangeId === id,
        }))}
      />
      <FilterSelect
        label="Verdict"
        value={query.verdict ?? ""}
        choices={[{ value: "", name: "any", href: to({ verdict: undefined }) }, ...choices]}
      />
    </>
  );
}
