import { createHash } from "node:crypto";
import { basename, join, resolve } from "node:path";
import { connect, FarthingClient } from "@farthing/sdk";
import type { FileDigest } from "./file-digest.ts";
import type { ImportSource } from "./import-format.ts";
import { type ImportJournal, openImportJournal } from "./import-journal.ts";
import { importProgress } from "./import-progress.ts";
import { fileStart, idPrefix, importRecords, type ReadingFlags } from "./import-records.ts";
import { type ImportSummary, problemTeller, reportLines, summaryOf } from "./import-report.ts";
import { type ImportEnd, runImport } from "./import-run.ts";
import { type ImportState, problemCount } from "./import-state.ts";
import { type PlannedCustomers, plannedCustomers } from "./planned-customers.ts";
import { findTarget, type Target, type TargetFlags } from "./target.ts";
import type { Terminal } from "./terminal.ts";

/** How a file is imported. */
export interface ImportFlags extends TargetFlags, ReadingFlags {
  readonly format?: string;
  readonly backfill?: string;
  readonly plan?: string;
  readonly batch: number;
  readonly concurrency: number;
  readonly state?: string;
  readonly dryRun?: boolean;
}

interface ImportJob {
  readonly source: ImportSource;
  readonly digest: FileDigest;
  readonly flags: ImportFlags;
  readonly target: Target;
  readonly backfill: string | undefined;
  readonly journal: ImportJournal;
  readonly start: ImportState;
  readonly planned: PlannedCustomers | undefined;
}

const oldestMs = 35 * 86_400_000;
const batchBytes = 1_000_000;

// An import outlives a restart of the API: about five minutes of trying before it stops.
const patience = { attempts: 60, backoff: { baseMs: 100, capMs: 10_000 } };

/** Sends the events of a file from where an earlier run stopped; answers the exit code. */
export async function sendImport(
  source: ImportSource,
  digest: FileDigest,
  flags: ImportFlags,
  terminal: Terminal,
): Promise<number> {
  const target = findTarget(flags, terminal);
  const backfill = flags.backfill ?? (await automaticBackfill(source, digest, flags, terminal));
  const name = importName({ source, digest, flags, backfill }, target.url);
  const path = flags.state ?? join(target.folder, "imports", `${idPrefix(digest)}-${name.slice(0, 8)}.json`);
  const journal = openImportJournal(resolve(terminal.cwd, path), name);
  const start = journal.load();
  if (start.offset > 0) terminal.note(`going on after line ${start.line} of ${basename(source.path)}`);

  const planned = await findPlan(flags.plan, target);
  const job = { source, digest, flags, target, backfill, journal, start, planned };
  const end = await run(job, terminal);
  if (!end.error) journal.finish();
  const summary = summarize(job, end);
  await terminal.out(flags.json ? `${JSON.stringify(summary)}\n` : `${reportLines(summary).join("\n")}\n`);
  return end.error || problemCount(end.state.counts) > 0 ? 1 : 0;
}

/** A plan that does not exist stops an import before its first event. */
async function findPlan(plan: string | undefined, target: Target): Promise<PlannedCustomers | undefined> {
  if (plan === undefined) return undefined;
  const client = new FarthingClient({ ...target, ...patience });
  await client.plans.get(plan);
  return plannedCustomers(client, plan);
}

async function run(job: ImportJob, terminal: Terminal): Promise<ImportEnd> {
  const { source, digest, flags, target, backfill, journal, start, planned } = job;
  const records = await importRecords(source, digest, flags, start);
  const tell = problemTeller(terminal, problemCount(start.counts));
  const progress = importProgress(terminal, digest.bytes);
  try {
    return await runImport(records, start, {
      connection: connect({ ...target, ...patience }),
      journal,
      batch: { events: flags.batch, bytes: batchBytes },
      concurrency: flags.concurrency,
      backfill,
      prepare: async (events) => planned?.ensure(events.map(({ customer }) => customer)),
      onStep: (state, problems) => {
        progress.step(state);
        tell(problems);
      },
    });
  } finally {
    progress.stop();
  }
}

function summarize({ source, digest, backfill, start, planned, journal }: ImportJob, end: ImportEnd): ImportSummary {
  const about = {
    file: source.path,
    sha256: digest.sha256,
    ...(backfill === undefined ? {} : { backfill }),
    ...(end.staged ? { staged: true } : {}),
    ...(start.line === 0 ? {} : { resumedAfterLine: start.line }),
    ...(planned && { customersGivenPlan: planned.given }),
  };
  return summaryOf(about, end.state, journal.problemsPath, end.error);
}

/** A log from before the API's 35 days can only mean a backfill, and the file names itself. */
async function automaticBackfill(source: ImportSource, digest: FileDigest, flags: ReadingFlags, terminal: Terminal) {
  if (source.format !== "access-log") return undefined;
  for await (const { event } of await importRecords(source, digest, flags, fileStart)) {
    if (event === undefined) continue;
    if (terminal.now() - event.timeMs < oldestMs) return undefined;
    const name = `import-${digest.sha256.slice(0, 8)}`;
    terminal.note(
      `${basename(source.path)} begins more than 35 days ago: sending it as backfill "${name}" (--backfill gives another name)`,
    );
    return name;
  }
  return undefined;
}

/** Names what is imported, where to and how, so that no import goes on with the state of another. */
function importName(
  { source, digest, flags, backfill }: Pick<ImportJob, "source" | "digest" | "flags" | "backfill">,
  url: string,
): string {
  const { type, source: from, map, delimiter } = flags;
  const facts = JSON.stringify([digest.sha256, source.format, url, backfill, type, from, map, delimiter]);
  return createHash("sha256").update(facts).digest("hex").slice(0, 32);
}
