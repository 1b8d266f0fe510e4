import { runFarthing } from "./run-farthing.ts";
import type { Terminal } from "./terminal.ts";

/** How a command ended in a test. */
export interface CommandEnd {
  readonly exitCode: number;
  readonly output: string;
  readonly notes: readonly string[];
}

/** Runs a command line in this process, on a terminal that only listens. */
export async function runCommand(words: readonly string[], world: Partial<Terminal> = {}): Promise<CommandEnd> {
  const output: Buffer[] = [];
  const notes: string[] = [];
  let exitCode = 0;
  const terminal: Terminal = {
    env: {},
    cwd: "/nowhere",
    isWatched: false,
    now: () => Date.UTC(2026, 10, 22),
    out: async (content) => void output.push(Buffer.from(content)),
    note: (line) => void notes.push(line),
    end: (code) => {
      exitCode = code;
    },
    ...world,
  };
  await runFarthing(words, terminal);
  return { exitCode, output: Buffer.concat(output).toString(), notes };
}
