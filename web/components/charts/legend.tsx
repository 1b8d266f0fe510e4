import { grouped } from "@/lib/decimal.ts";
import type { Series } from "@/lib/usage-series.ts";
import { swatchClass } from "./series-colour.ts";

/** Which colour is which series, largest first, each with its total. */
export function Legend({ series }: { readonly series: readonly Series[] }) {
  return (
    <ul className="mt-3 flex flex-wrap gap-x-5 gap-y-1.5 text-xs">
      {series.map(({ label, total }, index) => (
        <li key={label} className="flex min-w-0 items-center gap-1.5">
          <span className={`size-2.5 shrink-0 rounded-xs ${swatchClass(label, index)}`} aria-hidden />
          <span className="truncate text-body">{label}</span>
          <data value={total} className="text-soft">
            {grouped(total)}
          </data>
        </li>
      ))}
    </ul>
  );
}
