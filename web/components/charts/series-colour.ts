import { otherLabel } from "@/lib/usage-series.ts";

const classes = [
  "bg-chart-1",
  "bg-chart-2",
  "bg-chart-3",
  "bg-chart-4",
  "bg-chart-5",
  "bg-chart-6",
  "bg-chart-7",
  "bg-chart-8",
] as const;

/** The number of a series' colour; what is left over is always the grey one. */
export function colourNumber(label: string, index: number): number {
  return label === otherLabel ? classes.length : (index % (classes.length - 1)) + 1;
}

/** The class that fills a swatch with a series' colour. */
export function swatchClass(label: string, index: number): string {
  return classes[colourNumber(label, index) - 1] ?? classes[7];
}
