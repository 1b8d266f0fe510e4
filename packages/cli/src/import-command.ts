import { requestLimits } from "@farthing/sdk";
import type { Command } from "commander";
import { digestFile, type FileDigest } from "./file-digest.ts";
import { dryRun } from "./import-dry-run.ts";
import { type ImportSource, importFormats, importSource } from "./import-format.ts";
import { fileStart, importRecords } from "./import-records.ts";
import { problemTeller } from "./import-report.ts";
import { type ImportFlags, sendImport } from "./send-import.ts";
import { withTargetFlags } from "./target.ts";
import type { Terminal } from "./terminal.ts";
import { UsageError } from "./usage-error.ts";
import { wholeNumber } from "./whole-number.ts";

/** `farthing import`: sends the events of a file, once, however often it is run. */
export function addImportCommand(program: Command, terminal: Terminal): void {
  const command = program
    .command("import")
    .description("send the events of a file: NDJSON, CSV, or a web server's access log")
    .argument("<file...>", "the file, with its format in front if you like: import access-log access.log")
    .option("--format <name>", `${importFormats.join(", ")} (default: by the file's extension)`)
    .option(
      "--backfill <name>",
      "take events older than 35 days; where a backfill of this name is open, they wait there",
    )
    .option("--plan <key>", "give customers that have no plan this one, before their events are sent")
    .option("--type <type>", "the type of events that name none (default for access logs: request)")
    .option("--source <source>", "the source of events that name none (default for access logs: access-log)")
    .option("--map <target=column>", "CSV: where columns go, such as customer=user_id,data.tokens=n", mapPairs)
    .option("--delimiter <character>", "CSV: what separates cells", ",")
    .option("--batch <events>", "events in a request", wholeNumber(1, requestLimits.events), 500)
    .option("--concurrency <requests>", "requests on their way at once", wholeNumber(1, 64), 4)
    .option("--state <file>", "where to keep how far it is (default: in the data folder)")
    .option("--dry-run", "read everything, send nothing");
  withTargetFlags(command).action(async (words: string[], flags: ImportFlags) =>
    terminal.end(await importFile(words, flags, terminal)),
  );
}

async function importFile(words: readonly string[], flags: ImportFlags, terminal: Terminal): Promise<number> {
  if (flags.delimiter?.length !== 1) throw new UsageError("--delimiter is one character.");
  const source = importSource(words, flags.format, terminal);
  const digest = await digestFile(source.path);
  return flags.dryRun ? tryImport(source, digest, flags, terminal) : sendImport(source, digest, flags, terminal);
}

async function tryImport(
  source: ImportSource,
  digest: FileDigest,
  flags: ImportFlags,
  terminal: Terminal,
): Promise<number> {
  const tell = problemTeller(terminal, 0);
  const result = await dryRun(await importRecords(source, digest, flags, fileStart), (problem) => tell([problem]));
  const { events, customers, from, to, bytes, problems } = result;
  const range = from === undefined ? "" : `, from ${from} to ${to}`;
  const size = bytes === undefined ? "" : `, ${BigInt(bytes).toLocaleString("en")} bytes`;
  const words = `${events.toLocaleString("en")} events of ${customers.toLocaleString("en")} customers${range}${size}; nothing was sent\n`;
  await terminal.out(
    flags.json ? `${JSON.stringify({ file: source.path, sha256: digest.sha256, ...result })}\n` : words,
  );
  return Object.keys(problems).length === 0 ? 0 : 1;
}

/** Given more than once, and with commas between. */
function mapPairs(text: string, before: readonly string[] = []): readonly string[] {
  return [...before, ...text.split(",")];
}
