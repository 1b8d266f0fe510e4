"use client";

import {
  Bar,
  BarChart,
  CartesianGrid,
  ResponsiveContainer,
  Tooltip,
  type TooltipContentProps,
  XAxis,
  YAxis,
} from "recharts";
import { axisTicks } from "@/lib/axis-ticks.ts";
import { grouped } from "@/lib/decimal.ts";
import type { UsageSeries } from "@/lib/usage-series.ts";
import type { WindowLabel } from "@/lib/window-labels.ts";
import { colourNumber, swatchClass } from "./series-colour.ts";

interface Props {
  readonly title: string;
  readonly unit: string;
  readonly usage: UsageSeries;
  readonly labels: readonly WindowLabel[];
}

const compact = new Intl.NumberFormat("en", { notation: "compact", maximumSignificantDigits: 3 });
const tick = { fill: "var(--soft)", fontSize: 11 };
const across = { tick, tickLine: false, axisLine: { stroke: "var(--line-strong)" }, minTickGap: 28, tickMargin: 6 };
const upwards = { tick, tickLine: false, axisLine: false, width: "auto", interval: 0 } as const;

/** Stacked bars, one a window. Heights are the only place where a quantity becomes a binary number; what is written stays exact. */
export function Plot({ title, unit, usage, labels }: Props) {
  const data = usage.points.map(({ values }, index) => ({
    name: labels[index]?.short,
    heights: values.map(Number),
    index,
  }));
  const ticks = axisTicks(usage.points.map(({ total }) => Number(total)));
  const margin = { top: 6, right: 4, bottom: 0, left: 0 };
  return (
    <ResponsiveContainer width="100%" height="100%" minWidth={0}>
      <BarChart data={data} margin={margin} barCategoryGap="18%" title={`${title} in ${unit}`}>
        <CartesianGrid vertical={false} stroke="var(--line)" />
        <XAxis dataKey="name" {...across} />
        <YAxis
          {...upwards}
          ticks={ticks}
          domain={[ticks[0] ?? 0, ticks.at(-1) ?? 1]}
          tickFormatter={(value: number) => compact.format(value)}
        />
        <Tooltip
          cursor={{ fill: "var(--hover)" }}
          isAnimationActive={false}
          content={(tip) => <Tip tip={tip} usage={usage} labels={labels} unit={unit} />}
        />
        {usage.series.map(({ label }, index) => (
          <Bar
            key={label}
            name={label}
            dataKey={({ heights }: { heights: readonly number[] }) => heights[index]}
            stackId="usage"
            fill={`var(--chart-${colourNumber(label, index)})`}
            maxBarSize={28}
            isAnimationActive={false}
          />
        ))}
      </BarChart>
    </ResponsiveContainer>
  );
}

interface TipProps extends Pick<Props, "usage" | "labels" | "unit"> {
  readonly tip: Pick<TooltipContentProps, "active" | "payload">;
}

/** The exact numbers of the window under the pointer or the arrow keys. */
function Tip({ tip, usage, labels, unit }: TipProps) {
  const index: number | undefined = tip.active ? tip.payload[0]?.payload?.index : undefined;
  const point = index === undefined ? undefined : usage.points[index];
  if (index === undefined || !point) return null;
  return (
    <div className="rounded-md border border-line-strong bg-panel px-3 py-2 text-xs shadow-lg">
      <p className="mb-1 font-medium text-ink">{labels[index]?.full}</p>
      <ul className="grid gap-0.5">
        {usage.series.map(({ label }, at) => (
          <li key={label} className="flex items-center gap-1.5 text-body">
            <span className={`size-2 rounded-xs ${swatchClass(label, at)}`} aria-hidden />
            {label}
            <data value={point.values[at]} className="ml-auto pl-4 text-ink">
              {grouped(point.values[at] ?? "0")} {unit}
            </data>
          </li>
        ))}
      </ul>
    </div>
  );
}
