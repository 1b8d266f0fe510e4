"use client";

import { Toggle } from "@base-ui/react/toggle";
import { ToggleGroup } from "@base-ui/react/toggle-group";
import dynamic from "next/dynamic";
import { useId, useState } from "react";
import { isZero } from "@/lib/decimal.ts";
import type { UsageSeries } from "@/lib/usage-series.ts";
import type { WindowLabel } from "@/lib/window-labels.ts";
import { Legend } from "./legend.tsx";
import { UsageTable } from "./usage-table.tsx";

/** The drawing alone needs the chart library; it loads apart from the page and never on the server. */
const Plot = dynamic(() => import("./plot.tsx").then(({ Plot }) => Plot), {
  ssr: false,
  loading: () => <div className="skeleton h-full w-full" />,
});

type View = "chart" | "table";

interface Props {
  readonly title: string;
  readonly unit: string;
  /** The whole chart in one sentence. */
  readonly summary: string;
  readonly usage: UsageSeries;
  readonly labels: readonly WindowLabel[];
  readonly additive: boolean;
}

/** Usage over time as bars, or, by the switch, the same numbers as a table; where nothing was used, the sentence says so alone. */
export function UsageChart({ title, unit, summary, usage, labels, additive }: Props) {
  const [view, setView] = useState<View>("chart");
  const heading = useId();
  const used = usage.points.some(({ total }) => !isZero(total));
  return (
    <figure aria-labelledby={heading} data-chart={title} className="grid grid-cols-1 content-start gap-3">
      <figcaption className="grid grid-cols-[minmax(0,1fr)_auto] items-start gap-x-4 gap-y-1">
        <h3 id={heading} className="pt-1 text-sm font-semibold">
          {title} <span className="font-normal text-soft">in {unit}</span>
        </h3>
        {used ? <ViewSwitch title={title} view={view} onChange={setView} /> : null}
        <p className="col-span-2 text-sm text-soft">{summary}</p>
      </figcaption>
      {!used ? null : view === "table" ? (
        <UsageTable title={title} unit={unit} usage={usage} labels={labels} additive={additive} />
      ) : (
        <div>
          <div className="h-52">
            <Plot usage={usage} labels={labels} unit={unit} title={title} />
          </div>
          {usage.series.length > 1 ? <Legend series={usage.series} /> : null}
        </div>
      )}
    </figure>
  );
}

interface SwitchProps {
  readonly title: string;
  readonly view: View;
  readonly onChange: (view: View) => void;
}

function ViewSwitch({ title, view, onChange }: SwitchProps) {
  return (
    <ToggleGroup
      aria-label={`View ${title} as`}
      className="segments"
      value={[view]}
      onValueChange={([chosen]) => chosen && onChange(chosen)}
    >
      <Toggle value="chart" className="segment">
        Chart
      </Toggle>
      <Toggle value="table" className="segment">
        Table
      </Toggle>
    </ToggleGroup>
  );
}
