import { type ChildProcess, spawn } from "node:child_process";
import { join } from "node:path";
import { repository } from "./local-farthing.ts";

/** How a command ended: by itself with a code, or by a signal. */
export interface CommandEnd {
  readonly code: number | null;
  readonly output: string;
  readonly notes: string;
}

/** A command that runs. */
export interface RunningCommand {
  readonly ended: Promise<CommandEnd>;
  /** Ends it without a word. */
  kill(): void;
}

/** Starts `farthing` as a person does, in a process of its own. */
export function startCommand(words: readonly string[]): RunningCommand {
  const argv = [join(repository, "packages/cli/bin/farthing.js"), ...words];
  const { FARTHING_URL: _url, FARTHING_KEY: _key, ...env } = process.env;
  const child: ChildProcess = spawn(process.execPath, argv, { env, stdio: ["ignore", "pipe", "pipe"] });
  const [output, notes] = [heard(child.stdout), heard(child.stderr)];
  const ended = new Promise<CommandEnd>((done, failed) => {
    child.once("error", failed);
    child.once("close", (code) => done({ code, output: output(), notes: notes() }));
  });
  return { ended, kill: () => child.kill("SIGKILL") };
}

/** Runs `farthing` to its end. Errors: throws what it said where it fails. */
export async function command(...words: readonly string[]): Promise<CommandEnd> {
  const end = await startCommand(words).ended;
  if (end.code !== 0) throw new Error(`farthing ${words.join(" ")} ended with ${end.code}: ${end.notes}${end.output}`);
  return end;
}

function heard(stream: ChildProcess["stdout"]): () => string {
  const chunks: Buffer[] = [];
  stream?.on("data", (chunk: Buffer) => chunks.push(chunk));
  return () => Buffer.concat(chunks).toString();
}
