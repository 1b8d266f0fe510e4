/** One step of `npm test`: a command, and whether it counts its own tests. */
export interface Step {
  readonly name: string;
  readonly group: "check" | "test";
  readonly command: string;
  readonly args: readonly string[];
  /** Vitest writes its counts as JSON; every other step counts as one. */
  readonly counts: boolean;
  /** Runs at once with the steps beside it that say so too: they compute, wait for nobody and share nothing. */
  readonly computes?: true;
}

const check = (name: string, command: string, ...args: string[]): Step => ({
  name,
  group: "check",
  command,
  args,
  counts: false,
});
const vitest = (project: string): Step => ({
  name: project,
  group: "test",
  command: "vitest",
  args: ["run", "--project", project],
  counts: true,
});

const promiseRules = ["no-floating-promises", "no-misused-promises", "await-thenable"].flatMap((rule) => [
  "-D",
  `typescript/${rule}`,
]);

/** Steps in their order, those that run at once together. */
export function inTurns(all: readonly Step[]): readonly (readonly Step[])[] {
  const turns: Step[][] = [];
  for (const step of all) {
    const last = turns.at(-1);
    if (step.computes === true && last?.[0]?.computes === true) last.push(step);
    else turns.push([step]);
  }
  return turns;
}

/** All that has to hold, cheapest first. */
export const steps: readonly Step[] = [
  check("format and lint", "biome", "ci", "."),
  check("promises", "oxlint", "--type-aware", "-A", "all", ...promiseRules, "packages", "functions", "stacks"),
  check("types", "tsc", "--noEmit", "-p", "."),
  check("types of the console", "tsc", "--noEmit", "-p", "web"),
  check("dead code", "knip"),
  vitest("unit"),
  vitest("fuzz"),
  vitest("stacks"),
  vitest("store"),
  { ...vitest("protocol"), computes: true },
  { ...vitest("simulation"), computes: true },
  vitest("system"),
  vitest("console"),
];
