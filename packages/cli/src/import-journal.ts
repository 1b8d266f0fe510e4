import { appendFileSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import type { LineProblem } from "./import-record.ts";
import { type ImportState, newImportState } from "./import-state.ts";
import { UsageError } from "./usage-error.ts";

/** Where an import keeps how far it is, and the lines that it could not bring over. */
export interface ImportJournal {
  readonly problemsPath: string;
  /** The state of a run that was cut off, or a new one. Errors: throws `UsageError` when the file belongs to another import. */
  load(): ImportState;
  /** Notes a step: the problems first, so that a crash between may list one twice but never leaves one out. */
  commit(state: ImportState, problems: readonly LineProblem[]): void;
  /** Forgets the state: the import is whole, and another run of it begins anew. */
  finish(): void;
}

/** Keeps the state in a file that is replaced whole at each step. */
export function openImportJournal(path: string, name: string): ImportJournal {
  const problemsPath = `${path.replace(/\.json$/, "")}.problems.ndjson`;
  return {
    problemsPath,
    load: () => {
      const state = readState(path);
      if (state !== undefined && state.import !== name) {
        throw new UsageError(`${path} belongs to another import. Remove it, or name another with --state.`);
      }
      if (state === undefined) rmSync(problemsPath, { force: true });
      return state ?? newImportState(name);
    },
    commit: (state, problems) => {
      mkdirSync(dirname(path), { recursive: true });
      if (problems.length > 0) appendFileSync(problemsPath, problems.map((one) => `${JSON.stringify(one)}\n`).join(""));
      writeFileSync(`${path}.new`, JSON.stringify(state));
      renameSync(`${path}.new`, path);
    },
    finish: () => rmSync(path, { force: true }),
  };
}

function readState(path: string): ImportState | undefined {
  let text: string;
  try {
    text = readFileSync(path, "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw error;
  }
  const state = parse(text);
  if (state?.version !== 1)
    throw new UsageError(`${path} is not the state of an import. Remove it, or name another with --state.`);
  return state;
}

function parse(text: string): ImportState | undefined {
  try {
    return JSON.parse(text) as ImportState;
  } catch {
    return undefined;
  }
}
