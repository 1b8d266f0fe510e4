import { UsageChart } from "@/components/charts/usage-chart.tsx";
import { Panel } from "@/components/panel.tsx";
import { Failed, NoResults } from "@/components/states.tsx";
import { queryUsage } from "@/lib/api.ts";
import { buckets } from "@/lib/ranges.ts";
import type { UsageChoice } from "@/lib/usage-choice.ts";
import { foldUsage } from "@/lib/usage-series.ts";
import { isAdditive, meterTitle, usageView } from "@/lib/usage-view.ts";
import { GroupTable } from "./group-table.tsx";

/** Groups that a table names before it adds the rest up. */
const mostGroups = 50;

/** The chosen usage as a chart, and, where it is grouped, as a table of groups that add up to the same total. */
export async function UsageExplorer({ choice }: { readonly choice: UsageChoice }) {
  const { meter, range, window, by, customer, zone } = choice;
  const answer = await queryUsage({ ...choice, meter: meter.key });
  if (!answer.ok) return <Failed what={`the usage of ${meterTitle(meter)}`} problem={answer.problem} />;
  if (answer.value.rows.length === 0) {
    return (
      <NoResults clear="/usage">
        {meterTitle(meter)} counted nothing in this range{customer ? ` for customer ${customer}` : ""}. Choose another
        range or meter.
      </NoResults>
    );
  }
  const view = usageView({ meter, answer: answer.value, range, window, zone, by });
  const folding = { windows: buckets(range, window, zone), by, most: mostGroups, label: view.title };
  return (
    <div className="grid grid-cols-1 gap-8">
      <Panel name="usage">
        <UsageChart {...view} />
      </Panel>
      {by && isAdditive(meter) ? (
        <GroupTable by={by} unit={view.unit} groups={foldUsage(answer.value.rows, folding)} />
      ) : null}
    </div>
  );
}
