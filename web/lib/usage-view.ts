import type { Meter, Usage } from "@farthing/sdk";
import { grouped, isZero } from "./decimal.ts";
import { buckets, type Range, type Window } from "./ranges.ts";
import { foldUsage, type UsageSeries } from "./usage-series.ts";
import { type WindowLabel, windowLabel } from "./window-labels.ts";

/** Everything that a usage chart shows, ready to be drawn. */
export interface UsageView {
  readonly title: string;
  readonly unit: string;
  readonly summary: string;
  readonly usage: UsageSeries;
  readonly labels: readonly WindowLabel[];
  readonly additive: boolean;
}

/** What a chart needs to know of a meter. */
export type MeasuredMeter = Pick<Meter, "key" | "name" | "unit" | "aggregation">;

interface ViewOptions {
  readonly meter: MeasuredMeter;
  readonly answer: Usage;
  readonly range: Range;
  readonly window: Window;
  readonly zone: string;
  readonly by?: string | undefined;
}

/** What a meter is called. */
export function meterTitle(meter: MeasuredMeter): string {
  return meter.name ?? meter.key;
}

/** What a meter counts in. */
export function meterUnit(meter: MeasuredMeter): string {
  return meter.unit ?? (meter.aggregation === "count" ? "events" : "units");
}

/** Whether values of windows and groups may be added up. */
export function isAdditive(meter: MeasuredMeter): boolean {
  return meter.aggregation === "sum" || meter.aggregation === "count";
}

/** Turns the API's answer into a chart: whole windows, named series, and one sentence that says what is seen. */
export function usageView({ meter, answer, range, window, zone, by }: ViewOptions): UsageView {
  const title = meterTitle(meter);
  const windows = buckets(range, window, zone);
  const usage = foldUsage(answer.rows, { windows, by, most: 7, label: title });
  const labels = usage.points.map(({ from, to }) => windowLabel(from, to, window, zone));
  const view = { title, unit: meterUnit(meter), usage, labels, additive: isAdditive(meter) };
  return { ...view, summary: summaryOf(view, range, window) };
}

function summaryOf(
  { unit, usage, labels, additive }: Omit<UsageView, "summary">,
  range: Range,
  window: Window,
): string {
  const busiest = usage.busiest;
  if (!busiest || isZero(usage.total)) return `Nothing was used ${rangeWords(range)}.`;
  const where = labels[usage.points.indexOf(busiest)]?.full ?? "";
  const most = `the busiest ${window} was ${where} with ${grouped(busiest.total)}`;
  if (usage.points.length < 2) return `${grouped(usage.total)} ${unit} in ${where}.`;
  return additive ? `${grouped(usage.total)} ${unit} ${rangeWords(range)}; ${most}.` : `${sentence(most)} ${unit}.`;
}

function rangeWords(range: Range): string {
  if (range.id === "custom") return "over the chosen days";
  if (range.id === "month" || range.id === "last-month") return range.label.toLowerCase();
  return `in the last ${range.label}`;
}

function sentence(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
}
