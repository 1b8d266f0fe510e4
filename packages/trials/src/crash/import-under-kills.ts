import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { type CommandEnd, type RunningCommand, startCommand } from "../support/command-line.ts";
import type { LocalFarthing } from "../support/local-farthing.ts";
import type { ImportKill } from "./crash-plan.ts";
import { strike } from "./strike.ts";

/** What an import that was killed again and again came to. */
export interface KilledImport {
  readonly end: CommandEnd;
  /** What was killed while the import ran, in order. */
  readonly landed: readonly string[];
  /** How often the command was started. */
  readonly starts: number;
}

/** Imports a file while parts of everything die, and goes on with it until it is whole. */
export async function importUnderKills(
  farthing: LocalFarthing,
  words: readonly string[],
  kills: readonly ImportKill[],
): Promise<KilledImport> {
  const landed: string[] = [];
  let importing = new Importing(words);
  let starts = 1;
  for (const kill of kills) {
    while (!importing.isOver && acceptedSoFar(farthing) < kill.afterEvents) await wait(20);
    await wait(kill.afterMs);
    if (importing.isOver) break;
    if (kill.victim === "command" || kill.victim === "everything") importing.kill();
    if (kill.victim !== "command") await strike(farthing, kill.victim);
    landed.push(kill.victim);
    if (kill.victim !== "command" && kill.victim !== "everything") continue;
    await importing.ended;
    importing = new Importing(words);
    starts++;
  }
  let end = await importing.ended;
  // A command may have been killed after its last batch, or found no API when it began.
  for (; end.code !== 0 && starts < kills.length + 3; starts++) end = await startCommand(words).ended;
  return { end, landed, starts };
}

class Importing {
  readonly #command: RunningCommand;
  readonly ended: Promise<CommandEnd>;
  isOver = false;

  constructor(words: readonly string[]) {
    this.#command = startCommand(words);
    this.ended = this.#command.ended.finally(() => {
      this.isOver = true;
    });
  }

  kill(): void {
    this.#command.kill();
  }
}

/** How many events the import has noted as judged. */
function acceptedSoFar({ dir }: LocalFarthing): number {
  const folder = join(dir, "imports");
  const state = existsSync(folder) ? readdirSync(folder).find((name) => /^[^.]+\.json$/.test(name)) : undefined;
  if (state === undefined) return 0;
  try {
    return JSON.parse(readFileSync(join(folder, state), "utf8")).counts.accepted;
  } catch {
    // Finished, and taken away, since it was listed.
    return 0;
  }
}
