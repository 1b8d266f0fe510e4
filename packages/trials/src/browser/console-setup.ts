import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { setTimeout as wait } from "node:timers/promises";

const root = resolve(import.meta.dirname, "../../../..");
const patienceMs = 300_000;

/** A vitest global set-up: `npm start` with console and demo, in a folder and on ports of its own, for the browser's tests. */
export default async function setup(): Promise<() => Promise<void>> {
  const dir = mkdtempSync(join(tmpdir(), "farthing-console-"));
  const { npm_lifecycle_event: _, ...env } = process.env;
  const argv = [join(root, "packages/local/src/start.ts"), "--port", "0", "--data", dir];
  const child = spawn(process.execPath, argv, { cwd: root, env, stdio: ["ignore", "pipe", "pipe"] });
  let said = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk: Buffer) => (said += chunk.toString()));
  const local = join(dir, "local.json");
  for (const end = Date.now() + patienceMs; !existsSync(local); await wait(200)) {
    if (child.exitCode !== null || Date.now() > end) throw new Error(`npm start does not come up: ${said}`);
  }
  process.env.FARTHING_LOCAL_JSON = local;
  return async () => {
    child.kill("SIGTERM");
    if (child.exitCode === null) await Promise.race([once(child, "exit"), wait(30_000)]);
    // What it started may hold the pipes a moment longer, and would keep this process.
    for (const stream of [child.stdout, child.stderr]) stream.destroy();
    child.unref();
    rmSync(dir, { recursive: true, force: true });
  };
}
