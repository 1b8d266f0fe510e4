import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { globSync } from "node:fs";
import { readFile, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { setPriority } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { underFileLock } from "./file-lock.ts";
import type { Started } from "./keep-running.ts";
import { spawnLogged } from "./spawned.ts";

/** What the console is started with. */
export interface ConsoleOptions {
  readonly root: string;
  readonly port: number;
  readonly api: string;
  /** The API key with which the console reads, so that nobody has to sign in on their own machine. */
  readonly key: string;
  readonly log: string;
}

const sources = ["web/**/*", "packages/sdk/**/*.ts", "package-lock.json"];
const notSources = /(^|\/)(node_modules|\.next|\.open-next)(\/|$)|\.test\.tsx?$|\.tsbuildinfo$|next-env\.d\.ts$/;

async function digestOf(root: string): Promise<string> {
  const hash = createHash("sha256");
  const found = globSync(sources, { cwd: root, withFileTypes: true, exclude: (entry) => notSources.test(entry.name) });
  const files = found.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  for (const file of files.toSorted()) hash.update(`\0${file}\0`).update(await readFile(file));
  return hash.digest("hex");
}

const nextProgram = (root: string): string =>
  createRequire(join(root, "web", "package.json")).resolve("next/dist/bin/next");

async function build(root: string): Promise<void> {
  const env = { ...process.env, NEXT_TELEMETRY_DISABLED: "1", NODE_ENV: "production" };
  const child = spawn(process.execPath, [nextProgram(root), "build"], {
    cwd: join(root, "web"),
    env,
    stdio: ["ignore", "pipe", "pipe"],
  });
  // The cloud comes up meanwhile, and a person waits for both.
  if (child.pid !== undefined) setPriority(child.pid, 5);
  let said = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.on("data", (chunk: Buffer) => {
      said = (said + chunk.toString()).slice(-4000);
    });
  }
  const code = await new Promise((resolve) => child.once("exit", resolve));
  if (code !== 0) throw new Error(`The console does not build:\n${said.trim()}`);
}

/**
 * Builds the console when its sources have changed since the last build.
 *
 * Errors: throws what Next said.
 */
export async function buildConsole(root: string, say: (line: string) => void): Promise<void> {
  // Inside Next's own folder: whoever builds there anew removes it, and the next start builds again.
  const mark = join(root, "web", ".next", "farthing-sources");
  await underFileLock(join(root, ".farthing", "console-build.lock"), async () => {
    const digest = await digestOf(root);
    if ((await readFile(mark, "utf8").catch(() => "")) === digest) return;
    say("Building the console (only when its sources change) …");
    await build(root);
    await writeFile(mark, digest);
  });
}

/** Serves the console on the loopback interface, and answers once it does. */
export async function startConsole({ root, port, api, key, log }: ConsoleOptions): Promise<Started> {
  const argv = [nextProgram(root), "start", "--hostname", "127.0.0.1", "--port", String(port)];
  const spawned = spawnLogged(argv, log, {
    cwd: join(root, "web"),
    env: {
      ...process.env,
      NODE_ENV: "production",
      NEXT_TELEMETRY_DISABLED: "1",
      FARTHING_API_URL: api,
      FARTHING_CONSOLE_KEY: key,
    },
  });
  let gone = false;
  void spawned.exited.then(() => {
    gone = true;
  });
  while (!(await listens(port))) {
    if (gone) throw new Error(`the console's process ended; see ${log}`);
    await wait(100);
  }
  return spawned;
}

async function listens(port: number): Promise<boolean> {
  return fetch(`http://127.0.0.1:${port}/favicon.ico`, { redirect: "manual", signal: AbortSignal.timeout(5000) }).then(
    async (response) => response.arrayBuffer().then(() => true),
    () => false,
  );
}
