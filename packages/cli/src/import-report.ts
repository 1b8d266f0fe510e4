import type { FarthingError } from "@farthing/sdk";
import type { LineProblem } from "./import-record.ts";
import { type ImportState, problemCount } from "./import-state.ts";
import type { Terminal } from "./terminal.ts";

/** What a finished or stopped import says of itself, for machines. */
export interface ImportSummary {
  readonly file: string;
  readonly sha256: string;
  readonly backfill?: string;
  /** The events wait until the backfill is committed. */
  readonly staged?: boolean;
  readonly resumedAfterLine?: number;
  readonly accepted: number;
  readonly duplicates: number;
  readonly problems: Readonly<Record<string, number>>;
  readonly problemsFile?: string;
  readonly warnings: Readonly<Record<string, number>>;
  readonly customersGivenPlan?: number;
  readonly stopped?: { readonly code: string; readonly message: string; readonly afterLine: number };
}

const mostShown = 20;

const hints: Readonly<Record<string, string>> = {
  time_too_old: "they are older than 35 days: import again with --backfill <name>",
  unmetered: "no meter takes their type yet; one that is put before they are settled will count them",
  unknown_customer: "nobody has put their customers; --plan <key> does, and so does PUT /v1/customers/{id}",
  value_missing: "a meter finds no value in them",
  value_not_numeric: "a meter finds a value in them that is no number",
};

/** Tells problems as they come up to a first few, and counts on. */
export function problemTeller(terminal: Terminal, alreadyTold: number): (problems: readonly LineProblem[]) => void {
  let told = alreadyTold;
  return (problems) => {
    for (const { line, code, message } of problems) {
      if (told < mostShown) terminal.note(`line ${line}: ${code}: ${message}`);
      if (told === mostShown) terminal.note("… further lines are not shown");
      told++;
    }
  };
}

/** Puts an import's end in words. */
export function reportLines(summary: ImportSummary): string[] {
  const { accepted, duplicates, problems, problemsFile, warnings, stopped } = summary;
  const known = duplicates === 0 ? "" : `, ${number(duplicates)} of them copies`;
  const name = summary.backfill === undefined ? "" : `, as backfill "${summary.backfill}"`;
  const lines = [`${number(accepted)} events accepted${known}${name}`];
  if (summary.staged)
    lines.push(`they wait: see "farthing backfill preview ${summary.backfill}", then commit or drop it`);
  if (summary.customersGivenPlan) lines.push(`${number(summary.customersGivenPlan)} customers were given the plan`);
  for (const [code, count] of Object.entries(warnings)) lines.push(`warning: ${count} × ${code}${hint(code)}`);
  for (const [code, count] of Object.entries(problems)) lines.push(`not imported: ${count} × ${code}${hint(code)}`);
  if (problemsFile !== undefined) lines.push(`every line that was not imported is listed in ${problemsFile}`);
  if (stopped)
    lines.push(`stopped after line ${stopped.afterLine}: ${stopped.message}`, "run the same command again to go on");
  return lines;
}

/** What is left to say when an import ends. */
export function summaryOf(
  about: Pick<ImportSummary, "file" | "sha256" | "backfill" | "staged" | "resumedAfterLine" | "customersGivenPlan">,
  { counts, line }: ImportState,
  problemsFile: string,
  error?: FarthingError,
): ImportSummary {
  const { accepted, duplicates, problems, warnings } = counts;
  const list = problemCount(counts) === 0 ? {} : { problemsFile };
  const stopped = error && { stopped: { code: error.code, message: error.message, afterLine: line } };
  return { ...about, accepted, duplicates, problems, ...list, warnings, ...stopped };
}

function hint(code: string): string {
  return code in hints ? ` (${hints[code]})` : "";
}

function number(value: number): string {
  return value.toLocaleString("en");
}
