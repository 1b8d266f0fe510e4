import { mkdirSync, renameSync, rmSync, statSync, truncateSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

/** Where things lie in the folder of one local Farthing. */
export interface Layout {
  readonly dir: string;
  /** What outside programs read while it runs. */
  readonly local: string;
  readonly keys: string;
  readonly demo: string;
  /** The processes of this run. */
  readonly processes: string;
  readonly dynamo: string;
  /** What answers for Stripe keeps here. */
  readonly stripe: string;
  /** Letters to customers. */
  readonly mail: string;
  log(name: string): string;
}

/** Names the places in a folder. */
export function layoutOf(dir: string): Layout {
  return {
    dir,
    local: join(dir, "local.json"),
    keys: join(dir, "keys.json"),
    demo: join(dir, "demo.json"),
    processes: join(dir, "processes.json"),
    dynamo: join(dir, "dynamo"),
    stripe: join(dir, "stripe", "objects.ndjson"),
    mail: join(dir, "mail"),
    log: (name) => join(dir, "logs", `${name}.log`),
  };
}

/** Removes what a run keeps, by name: the folder may hold other things, and may be anything that a person typed. */
export function wipe({ dir }: Layout): void {
  for (const name of [
    "local.json",
    "keys.json",
    "demo.json",
    "processes.json",
    "streams.json",
    "dynamo",
    "stripe",
    "mail",
    "queues",
    "logs",
  ]) {
    rmSync(join(dir, name), { recursive: true, force: true });
  }
}

/** Writes a file that only its owner reads, whole or not at all. */
export function writePrivate(file: string, content: unknown): void {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(`${file}.new`, `${JSON.stringify(content, null, 2)}\n`, { mode: 0o600 });
  renameSync(`${file}.new`, file);
}

const largestLog = 10 * 1024 * 1024;

/** Makes room for a log: its folder, and an empty file once the old one is too long. */
export function prepareLog(file: string): string {
  mkdirSync(dirname(file), { recursive: true });
  if ((statSync(file, { throwIfNoEntry: false })?.size ?? 0) > largestLog) truncateSync(file);
  return file;
}
