import type { Meter } from "@farthing/sdk";
import Link from "next/link";
import { FilterSelect } from "@/components/filter-select.tsx";
import { LinkTabs } from "@/components/link-tabs.tsx";
import { isRangeId, rangeNames, type Window, windowsOf } from "@/lib/ranges.ts";
import { href, type QueryValues } from "@/lib/search.ts";
import { groupsOf, type UsageChoice } from "@/lib/usage-choice.ts";
import { meterTitle } from "@/lib/usage-view.ts";
import { DayRange } from "./day-range.tsx";

interface Props {
  readonly choice: UsageChoice;
  readonly meters: readonly Meter[];
}

const windowNames: Record<Window, string> = { minute: "Minute", hour: "Hour", day: "Day", month: "Month" };

/** Everything that shapes the usage page; every choice is an address. */
export function UsageFilters({ choice, meters }: Props) {
  const { query, meter, range, window, by, customer } = choice;
  const to = (change: QueryValues) => href("/usage", { ...query, ...change });
  const groups = groupsOf(meter).map((name) => ({ value: name, name, href: to({ by: name }) }));
  return (
    <div className="grid grid-cols-1 gap-3 rounded-lg border border-line bg-panel p-4 sm:px-5" data-panel="filters">
      <div className="flex flex-wrap items-center gap-x-5 gap-y-3">
        <FilterSelect
          label="Meter"
          value={meter.key}
          choices={meters.map((each) => ({
            value: each.key,
            name: meterTitle(each),
            href: to({ meter: each.key, by: undefined }),
          }))}
        />
        <FilterSelect
          label="Group by"
          value={by ?? ""}
          choices={[{ value: "", name: "nothing", href: to({ by: undefined }) }, ...groups]}
        />
        <LinkTabs
          label="Window"
          tabs={windowsOf(range).map((name) => ({
            name: windowNames[name],
            href: to({ window: name }),
            current: name === window,
          }))}
        />
        {customer ? (
          <Link
            href={to({ customer: undefined })}
            className="button"
            aria-label={`Drop the filter: customer ${customer}`}
          >
            customer {customer} ×
          </Link>
        ) : null}
      </div>
      <div className="flex flex-wrap items-center gap-x-5 gap-y-3">
        <LinkTabs
          label="Range"
          tabs={Object.entries(rangeNames).flatMap(([id, name]) =>
            isRangeId(id)
              ? [
                  {
                    name,
                    href: to({ range: id, from: undefined, through: undefined, window: undefined }),
                    current: range.id === id,
                  },
                ]
              : [],
          )}
        />
        <DayRange choice={choice} />
      </div>
    </div>
  );
}
