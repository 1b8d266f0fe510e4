import type { Meter } from "@farthing/sdk";
import { Failed } from "@/components/states.tsx";
import { merchantZone, queryUsage } from "@/lib/api.ts";
import type { Range, Window } from "@/lib/ranges.ts";
import { meterTitle, usageView } from "@/lib/usage-view.ts";
import { UsageChart } from "./usage-chart.tsx";

interface Props {
  readonly meter: Meter;
  readonly range: Range;
  readonly window: Window;
  readonly customer?: string;
}

/** How charts of several meters stand: in pairs where there is room, an odd last one over the whole width. */
export const chartGrid =
  "grid grid-cols-1 gap-x-10 gap-y-8 xl:grid-cols-2 xl:[&>*:last-child:nth-child(odd)]:col-span-2";

/** One meter over a range, of one customer or of all. */
export async function MeterChart({ meter, range, window, customer }: Props) {
  const zone = await merchantZone();
  const answer = await queryUsage({ meter: meter.key, range, window, zone, customer });
  if (!answer.ok) return <Failed what={`the usage of ${meterTitle(meter)}`} problem={answer.problem} />;
  return <UsageChart {...usageView({ meter, answer: answer.value, range, window, zone })} />;
}
