/** One step of `npm test`: a command, and whether it counts its own tests. */
export interface Step {
  readonly name: string;
  readonly group: "check" | "test";
  readonly command: string;
  readonly args: readonly string[];
  /** Vitest writes its counts as JSON; every other step counts as one. */
  readonly counts: boolean;
  /** Steps that must be over before it starts. */
  readonly after?: readonly string[];
}

const check = (name: string, command: string, ...args: string[]): Step => ({
  name,
  group: "check",
  command,
  args,
  counts: false,
});

/** A project of tests, or a half of one. Half of the cores: of two, one worker, which loads each module once. */
const vitest = (project: string, half?: 1 | 2): Step => ({
  name: half === undefined ? project : `${project}, half ${half}`,
  group: "test",
  command: "vitest",
  args: ["run", "--project", project, "--maxWorkers=50%", ...(half === undefined ? [] : [`--shard=${half}/2`])],
  counts: true,
});

const promiseRules = ["no-floating-promises", "no-misused-promises", "await-thenable"].flatMap((rule) => [
  "-D",
  `typescript/${rule}`,
]);

/** All that has to hold: what is checked at once, then the longest first, so that nothing long is left alone at the end. */
export const steps: readonly Step[] = [
  check("format and lint", "biome", "ci", "."),
  check("promises", "oxlint", "--type-aware", "-A", "all", ...promiseRules, "packages", "functions", "stacks"),
  check("types", "tsc", "--noEmit", "-p", "."),
  check("types of the console", "tsc", "--noEmit", "-p", "web"),
  check("dead code", "knip"),
  // The build of the console writes types of its own, which the check of types must not see half written.
  { ...vitest("console"), after: ["types of the console"] },
  vitest("system"),
  vitest("unit"),
  vitest("store", 1),
  vitest("store", 2),
  vitest("fuzz"),
  vitest("protocol"),
  vitest("simulation"),
  vitest("stacks"),
];
