import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { inLanes } from "./in-lanes.ts";
import { type Step, steps } from "./steps.ts";

const root = resolve(import.meta.dirname, "../../../..");

/** One more than the cores of the smallest machine that the suite is for: a fifth of the time a step waits for a store or a browser. */
const lanes = 3;

interface Counts {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

/** Runs one step; what it says is shown only where it fails. */
async function runStep(step: Step, folder: string): Promise<{ readonly counts: Counts; readonly output: string }> {
  const file = join(folder, `${step.name}.json`);
  const args = step.counts
    ? [...step.args, "--reporter=default", "--reporter=json", `--outputFile.json=${file}`]
    : step.args;
  const child = spawn(step.command, args, {
    cwd: root,
    // Local clouds are started again and again, and each would compile its modules anew.
    env: { ...process.env, NO_COLOR: "1", CI: "true", NODE_COMPILE_CACHE: join(folder, "compiled") },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const said: Buffer[] = [];
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (data: Buffer) => said.push(data));
  const code = await new Promise<number | null>((done) => {
    child.on("error", (error) => {
      said.push(Buffer.from(String(error)));
      done(1);
    });
    child.on("close", done);
  });
  return { counts: countsOf(step, file, code === 0), output: Buffer.concat(said).toString() };
}

/** Vitest's counts; a run that failed without a failed test, or told nothing, is one failure of its own. */
function countsOf(step: Step, file: string, isGood: boolean): Counts {
  const one = { passed: isGood ? 1 : 0, failed: isGood ? 0 : 1, skipped: 0 };
  if (!step.counts) return one;
  try {
    const told = JSON.parse(readFileSync(file, "utf8")) as Record<
      "numPassedTests" | "numFailedTests" | "numPendingTests",
      number
    >;
    const failed = isGood ? told.numFailedTests : Math.max(1, told.numFailedTests);
    return { passed: told.numPassedTests, failed, skipped: told.numPendingTests };
  } catch {
    return one;
  }
}

/** Which lines of a failed step help: its end, and whatever names a failure or a skip. */
function tail(output: string): string {
  return output.split("\n").slice(-120).join("\n");
}

interface Told {
  readonly counts: Counts;
  readonly output: string;
  readonly seconds: number;
}

function report(name: string, { counts, output, seconds }: Told): void {
  const skipped = counts.skipped === 0 ? "" : `, ${counts.skipped} skipped`;
  const word = counts.failed === 0 ? "ok" : "FAILED";
  console.log(
    `${name} … ${word} (${counts.passed} passed, ${counts.failed} failed${skipped}; ${seconds.toFixed(1)} s)`,
  );
  if (counts.failed > 0) console.log(tail(output));
  for (const line of output.split("\n")) if (line.startsWith("SKIPPED:")) console.log(`    ${line}`);
}

async function main(): Promise<number> {
  const { values } = parseArgs({ options: { only: { type: "string", multiple: true } } });
  const chosen = steps.filter(({ group, name }) => values.only?.some((one) => [group, name].includes(one)) ?? true);
  const folder = mkdtempSync(join(tmpdir(), "farthing-suite-"));
  const total = { passed: 0, failed: 0, skipped: 0 };
  const began = Date.now();
  let done = 0;
  await inLanes(
    chosen,
    async (step) => {
      console.log(`running ${step.name} …`);
      const start = Date.now();
      const { counts, output } = await runStep(step, folder);
      for (const name of ["passed", "failed", "skipped"] as const) total[name] += counts[name];
      done += 1;
      report(`[${done}/${chosen.length}] ${step.name}`, { counts, output, seconds: (Date.now() - start) / 1000 });
    },
    lanes,
  );
  rmSync(folder, { recursive: true, force: true });
  console.log(`${((Date.now() - began) / 1000).toFixed(0)} s in all`);
  console.log(
    `${total.passed} passed, ${total.failed} failed${total.skipped === 0 ? "" : `, ${total.skipped} skipped`}`,
  );
  return total.failed === 0 ? 0 : 1;
}

process.exitCode = await main();
