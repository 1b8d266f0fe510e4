/** One line of `npm run bench`. */
export interface Measure {
  readonly measure: string;
  readonly unit: string;
  readonly value: number;
  /** The same quantity of something that does less, in the same run. */
  readonly baseline: { readonly what: string; readonly value: number };
  readonly ratio: number;
  /** What the issue asks for. */
  readonly bound?: string;
  readonly [fact: string]: unknown;
}

/** Prints a measure as one JSON line. */
export function print(measure: Omit<Measure, "ratio">): void {
  const ratio = round((measure.value as number) / (measure.baseline as Measure["baseline"]).value);
  console.log(JSON.stringify({ ...measure, ratio }));
}

/** Rounds to three significant digits. */
export function round(value: number): number {
  return Number(value.toPrecision(3));
}

/** CPU time that a task took, user and system. Units: seconds. */
export async function cpuSeconds(task: () => Promise<void> | void): Promise<number> {
  const before = process.cpuUsage();
  await task();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1e6;
}

/** The least CPU time of some runs: what others on the machine disturbed least. Units: seconds. */
export async function leastCpuSeconds(runs: number, task: () => Promise<void> | void): Promise<number> {
  let least = Number.POSITIVE_INFINITY;
  for (let run = 0; run < runs; run++) least = Math.min(least, await cpuSeconds(task));
  return least;
}
