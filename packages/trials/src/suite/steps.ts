/** One step of `npm test`: a command, and whether it counts its own tests. */
export interface Step {
  readonly name: string;
  readonly group: "check" | "test";
  readonly command: string;
  readonly args: readonly string[];
  /** Vitest writes its counts as JSON; every other step counts as one. */
  readonly counts: boolean;
  /** How many of the lanes it fills. What works on one core at a time, or mostly waits, leaves the other to a neighbour. */
  readonly lanes: 1 | 2;
  /** Steps that must be over before it starts. */
  readonly after?: readonly string[];
}

const check = (name: string, command: string, ...args: string[]): Step => ({
  name,
  group: "check",
  command,
  args,
  counts: false,
  lanes: 1,
});

/** In one lane it has half of the cores: of two, one worker, which loads each module once. */
const vitest = (project: string, lanes: Step["lanes"] = 1): Step => ({
  name: project,
  group: "test",
  command: "vitest",
  args: ["run", "--project", project, lanes === 1 ? "--maxWorkers=50%" : "--maxWorkers=100%"],
  counts: true,
  lanes,
});

const promiseRules = ["no-floating-promises", "no-misused-promises", "await-thenable"].flatMap((rule) => [
  "-D",
  `typescript/${rule}`,
]);

/** All that has to hold, by and large the cheapest first; what is long must not be left alone at the end. */
export const steps: readonly Step[] = [
  check("format and lint", "biome", "ci", "."),
  check("promises", "oxlint", "--type-aware", "-A", "all", ...promiseRules, "packages", "functions", "stacks"),
  check("types", "tsc", "--noEmit", "-p", "."),
  check("types of the console", "tsc", "--noEmit", "-p", "web"),
  check("dead code", "knip"),
  // The build of the console writes types of its own, which the check of types must not see half written.
  { ...vitest("console"), after: ["types of the console"] },
  vitest("unit"),
  vitest("system"),
  vitest("stacks"),
  vitest("fuzz"),
  vitest("protocol"),
  vitest("simulation"),
  vitest("store", 2),
];
