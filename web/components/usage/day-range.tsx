import { rangeDays } from "@/lib/ranges.ts";
import type { UsageChoice } from "@/lib/usage-choice.ts";

/** A first and a last day, as a plain form; it keeps what else the address holds. */
export function DayRange({ choice: { query, range, zone } }: { readonly choice: UsageChoice }) {
  const { from, through } = rangeDays(range, zone);
  const kept = Object.entries({ meter: query.meter, by: query.by, customer: query.customer });
  return (
    <form action="/usage" className="flex flex-wrap items-center gap-2 text-sm text-soft">
      {kept.map(([name, value]) => (value ? <input key={name} type="hidden" name={name} value={value} /> : null))}
      <label className="flex items-center gap-2">
        From
        <input key={from} type="date" name="from" defaultValue={from} required className="field" />
      </label>
      <label className="flex items-center gap-2">
        through
        <input key={through} type="date" name="through" defaultValue={through} required className="field" />
      </label>
      <button type="submit" className="button">
        Show
      </button>
    </form>
  );
}
