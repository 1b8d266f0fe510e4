import { existsSync } from "node:fs";
import { extname, resolve } from "node:path";
import type { Terminal } from "./terminal.ts";
import { UsageError } from "./usage-error.ts";

/** The formats that can be imported. */
export const importFormats = ["access-log", "ndjson", "csv"] as const;

/** How a file is read. `access-log` is the common and the combined log format of web servers. */
export type ImportFormat = (typeof importFormats)[number];

const byExtension: Readonly<Record<string, ImportFormat>> = {
  ".ndjson": "ndjson",
  ".jsonl": "ndjson",
  ".csv": "csv",
  ".log": "access-log",
};

/** What to import, as what. */
export interface ImportSource {
  readonly path: string;
  readonly format: ImportFormat;
}

/**
 * Reads `import <file>`, `import <format> <file>` and `import <file> --format <format>`.
 *
 * Errors: throws `UsageError` where the format cannot be told, or there is no such file.
 */
export function importSource(words: readonly string[], flag: string | undefined, terminal: Terminal): ImportSource {
  const [first = "", second] = words;
  const named = second === undefined ? flag : first;
  const file = second ?? first;
  const format = importFormats.find((one) => one === (named ?? byExtension[extname(file).toLowerCase()]));
  if (words.length > 2) throw new UsageError("Give one file at a time.");
  if (format === undefined) {
    const wrong =
      named === undefined ? `The format of ${file} cannot be told from its name.` : `There is no format "${named}".`;
    throw new UsageError(`${wrong} Give --format ${importFormats.join("|")}.`);
  }
  return { path: findFile(file, terminal), format };
}

/** npm runs scripts in the folder of package.json; the file is named from where the person stands. */
function findFile(file: string, { cwd, env }: Terminal): string {
  const places = [cwd, env.INIT_CWD ?? cwd].map((folder) => resolve(folder, file));
  const found = places.find((place) => existsSync(place));
  if (found === undefined) throw new UsageError(`There is no file ${file}.`);
  return found;
}
