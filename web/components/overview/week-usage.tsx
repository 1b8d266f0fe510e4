import Link from "next/link";
import { ChargeCharts } from "@/components/charts/charge-charts.tsx";
import { chartGrid, MeterChart } from "@/components/charts/meter-chart.tsx";
import { Panel } from "@/components/panel.tsx";
import { Failed, FirstUse } from "@/components/states.tsx";
import { listMeters } from "@/lib/api.ts";
import { meterCommand } from "@/lib/commands.ts";
import { recent } from "@/lib/recent.ts";

/** The first meters' usage of the week, a chart each. */
export async function WeekUsage() {
  const [meters, range] = await Promise.all([listMeters(), recent("7d")]);
  if (!meters.ok) return <Failed what="the meters" problem={meters.problem} />;
  if (meters.value.items.length === 0) {
    return (
      <FirstUse title="Make a meter" command={meterCommand()}>
        Events are stored, but no meter counts them yet. A meter also counts what was stored before it and is not
        billed.
      </FirstUse>
    );
  }
  const shown = meters.value.items.slice(0, 4);
  const all = (
    <Link href="/usage?range=7d" className="link text-sm">
      Explore usage
    </Link>
  );
  return (
    <Panel name="usage" title="Usage in the last 7 days" actions={all}>
      <div className={chartGrid}>
        {shown.map((meter) => (
          <MeterChart key={meter.key} meter={meter} range={range} window="day" />
        ))}
        <ChargeCharts range={range} window="day" />
      </div>
    </Panel>
  );
}
