import { Failed } from "@/components/states.tsx";
import { merchantZone, queryUsage } from "@/lib/api.ts";
import { chargesByCurrency } from "@/lib/charges-by-currency.ts";
import type { Range, Window } from "@/lib/ranges.ts";
import { usageView } from "@/lib/usage-view.ts";
import { UsageChart } from "./usage-chart.tsx";

interface Props {
  readonly range: Range;
  readonly window: Window;
  readonly customer?: string;
}

/** Direct charges over a range, a chart for each currency, since amounts of two currencies do not add up. */
export async function ChargeCharts({ range, window, customer }: Props) {
  const zone = await merchantZone();
  const answer = await queryUsage({ meter: "charge", range, window, zone, customer, by: "currency" });
  if (!answer.ok) return <Failed what="the direct charges" problem={answer.problem} />;
  return chargesByCurrency(answer.value).map(({ meter, answer: own }) => (
    <UsageChart key={meter.unit} {...usageView({ meter, answer: own, range, window, zone })} />
  ));
}
