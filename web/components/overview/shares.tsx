import { swatchClass } from "@/components/charts/series-colour.ts";
import { grouped } from "@/lib/decimal.ts";

/** One part of a whole. */
export interface Share {
  readonly words: string;
  readonly means: string;
  readonly count: number;
}

/** A whole as one bar, and its parts in words and figures. */
export function Shares({ parts }: { readonly parts: readonly Share[] }) {
  return (
    <>
      <Bar parts={parts} />
      <dl className="mt-4 grid gap-x-8 gap-y-2.5 text-sm sm:grid-cols-2 lg:grid-cols-3">
        {parts.map(({ words, means, count }, index) => (
          <div key={words} className="grid grid-cols-[auto_minmax(0,1fr)_auto] items-baseline gap-x-2">
            <span className={`size-2.5 self-center rounded-xs ${swatchClass(words, index)}`} aria-hidden />
            <dt className="text-ink">{words}</dt>
            <dd className="text-right text-ink">
              <data value={count}>{grouped(String(count))}</data>
            </dd>
            <dd className="col-start-2 text-xs text-soft">{means}</dd>
          </div>
        ))}
      </dl>
    </>
  );
}

/** Widths are attributes of SVG, since the page's policy lets no style stand in the markup. */
function Bar({ parts }: { readonly parts: readonly Share[] }) {
  const whole = parts.reduce((total, { count }) => total + count, 0);
  let before = 0;
  return (
    <svg className="h-3 w-full rounded-xs" preserveAspectRatio="none" viewBox="0 0 1000 10" aria-hidden="true">
      {parts.map(({ words, count }, index) => {
        const start = before;
        const width = whole === 0 ? 0 : (count / whole) * 1_000;
        before += width;
        return <rect key={words} x={start} width={width} height="10" className={fillClasses[index] ?? ""} />;
      })}
    </svg>
  );
}

const fillClasses = [
  "fill-chart-1",
  "fill-chart-2",
  "fill-chart-3",
  "fill-chart-4",
  "fill-chart-5",
  "fill-chart-6",
  "fill-chart-7",
];
