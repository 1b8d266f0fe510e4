import type { Command } from "commander";
import { dataFolder, readLocalCloud } from "./local-cloud.ts";
import type { Terminal } from "./terminal.ts";
import { UsageError } from "./usage-error.ts";

/** The flags that say which API, and as whom. */
export interface TargetFlags {
  readonly url?: string;
  readonly key?: string;
  readonly data?: string;
  readonly json?: boolean;
}

/** Which API a command talks to, and where it keeps what it must remember. */
export interface Target {
  readonly url: string;
  readonly key: string;
  readonly folder: string;
}

/** Adds the flags that every command has. */
export function withTargetFlags(command: Command): Command {
  return command
    .option("--url <address>", "the API's address (or FARTHING_URL, or a running local cloud)")
    .option("--key <key>", "the API key (or FARTHING_KEY, or a running local cloud)")
    .option("--data <folder>", "the data folder of the local cloud (default: the nearest .farthing)")
    .option("--json", "print JSON for machines");
}

/** Finds the API and the key: flags, then the environment, then the local cloud. Errors: throws `UsageError` when there is none. */
export function findTarget(flags: TargetFlags, terminal: Terminal): Target {
  const folder = dataFolder(terminal.cwd, flags.data);
  const local = readLocalCloud(folder);
  const url = flags.url ?? terminal.env.FARTHING_URL ?? local?.api;
  if (url === undefined) throw missing("address", "--url or FARTHING_URL");
  const key = flags.key ?? terminal.env.FARTHING_KEY ?? (url === local?.api ? local.keys.admin : undefined);
  if (key === undefined) throw missing("key", "--key or FARTHING_KEY");
  return { url, key, folder };
}

function missing(what: string, where: string): UsageError {
  return new UsageError(`No API ${what}. Give ${where}, or start the local cloud with \`npm start\`.`);
}
