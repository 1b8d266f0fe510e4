import { ScrollFrame } from "@/components/scroll-frame.tsx";
import { grouped } from "@/lib/decimal.ts";
import type { UsageSeries } from "@/lib/usage-series.ts";
import type { WindowLabel } from "@/lib/window-labels.ts";

interface Props {
  readonly title: string;
  readonly unit: string;
  readonly usage: UsageSeries;
  readonly labels: readonly WindowLabel[];
  /** Whether values of windows may be added up, as counts and sums may. */
  readonly additive: boolean;
}

const cell = "border-t border-line px-3 py-1.5 text-right whitespace-nowrap";
const head = "bg-panel px-3 py-1.5 text-right text-xs font-medium text-soft whitespace-nowrap";

/** The numbers of a chart, window by window. */
export function UsageTable({ title, unit, usage, labels, additive }: Props) {
  const several = usage.series.length > 1;
  return (
    <ScrollFrame label={`${title}, as a table`} className="max-h-80 overflow-auto rounded-md border border-line">
      <table className="w-full border-separate border-spacing-0 text-sm">
        <thead className="sticky top-0">
          <tr>
            <th scope="col" className={`${head} w-full text-left!`}>
              Period
            </th>
            {usage.series.map(({ label }) => (
              <th scope="col" key={label} className={head}>
                {several ? label : `${label}, ${unit}`}
              </th>
            ))}
            {several && additive ? (
              <th scope="col" className={head}>
                All
              </th>
            ) : null}
          </tr>
        </thead>
        <tbody>
          {usage.points.map((point, index) => (
            <tr key={point.from}>
              <th scope="row" className={`${cell} text-left! font-normal text-body`}>
                <time dateTime={point.from}>{labels[index]?.full}</time>
              </th>
              <Values values={several && additive ? [...point.values, point.total] : point.values} />
            </tr>
          ))}
        </tbody>
        {additive ? <Totals usage={usage} several={several} /> : null}
      </table>
    </ScrollFrame>
  );
}

function Values({ values }: { readonly values: readonly string[] }) {
  return values.map((value, index) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: values stand in the order of their columns.
    <td key={index} className={`${cell} text-ink`}>
      <data value={value}>{grouped(value)}</data>
    </td>
  ));
}

function Totals({ usage, several }: { readonly usage: UsageSeries; readonly several: boolean }) {
  const totals = usage.series.map(({ total }) => total);
  return (
    <tfoot className="font-medium">
      <tr>
        <th scope="row" className={`${cell} text-left! text-ink`}>
          Total
        </th>
        <Values values={several ? [...totals, usage.total] : totals} />
      </tr>
    </tfoot>
  );
}
