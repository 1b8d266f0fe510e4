import { type Meter, MeterRows, type Page } from "@farthing/metering";
import { type Decimal, decimalOf, one } from "@farthing/money";
import type { UsageValues } from "@farthing/pricing";

/** What one event counts for on a meter, where its group values are taken; undefined where it counts for nothing. */
export function rowQuantity(
  meter: Meter,
  { page, pageRow }: { readonly page: Page; readonly pageRow: number },
  takes: (values: UsageValues) => boolean,
): Decimal | undefined {
  if (page.types[page.typeIndex[pageRow] ?? 0] !== meter.eventType) return undefined;
  const rows = new MeterRows(page, meter);
  const groups = rows.groupAt(pageRow);
  if (!takes(Object.fromEntries(meter.groupBy.map((path, index) => [path, groups[index]])))) return undefined;
  const sample = rows.sampleAt(pageRow);
  if (sample === undefined) return undefined;
  if (rows.aggregation.needs === "nothing") return one;
  return typeof sample.quantity === "number" ? decimalOf(sample.quantity) : sample.quantity;
}
