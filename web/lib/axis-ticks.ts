/** How many steps an axis has at most. */
const mostSteps = 4;

/**
 * Chooses round ticks (1, 2, 2.5 or 5 times a power of ten) from zero, or below it, past the outermost values.
 *
 * Units: those of the values, as binary numbers: a tick only places a line.
 */
export function axisTicks(values: readonly number[]): readonly number[] {
  const finite = values.filter(Number.isFinite);
  const [low, high] = [Math.min(0, ...finite), Math.max(0, ...finite)];
  if (low === high) return [0, 1];
  const rough = (high - low) / mostSteps;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = ([1, 2, 2.5, 5].find((factor) => factor * power >= rough * (1 - 1e-9)) ?? 10) * power;
  const first = Math.floor(low / step);
  const last = Math.ceil(high / step - 1e-9);
  return Array.from({ length: last - first + 1 }, (_, index) => Number(((first + index) * step).toPrecision(12)));
}
