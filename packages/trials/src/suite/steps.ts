/** One step of `npm test`: a command, and whether it counts its own tests. */
export interface Step {
  readonly name: string;
  readonly group: "check" | "test";
  readonly command: string;
  readonly args: readonly string[];
  /** Vitest writes its counts as JSON; every other step counts as one. */
  readonly counts: boolean;
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
  vitest("protocol"),
  vitest("simulation"),
  vitest("system"),
  vitest("console"),
];
