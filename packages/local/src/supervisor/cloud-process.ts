import { fileURLToPath } from "node:url";
import * as v from "valibot";
import type { CloudOptions } from "../wiring.ts";
import type { Started } from "./keep-running.ts";
import { spawnLogged } from "./spawned.ts";

/** The process that runs the cloud. */
export interface CloudProcess extends Started {
  readonly api: string;
  readonly control: string;
}

const Said = v.union([v.object({ api: v.string(), control: v.string() }), v.object({ failed: v.string() })]);

/**
 * Starts the cloud in a process of its own.
 *
 * Errors: throws what the cloud said, for example that it does not run something in the templates.
 */
export async function startCloudProcess(options: Omit<CloudOptions, "log">, log: string): Promise<CloudProcess> {
  const main = fileURLToPath(new URL("../cloud-main.ts", import.meta.url));
  // Functions run in UTC, and a time zone belongs to the whole process.
  const spawned = spawnLogged([main], log, { env: { ...process.env, TZ: "UTC" }, ipc: true });
  const { child, exited, pid } = spawned;
  child.send(options);
  const said = await Promise.race([
    new Promise<unknown>((resolve) => child.once("message", resolve)),
    exited.then(() => ({ failed: `the cloud's process ended; see ${log}` })),
  ]);
  const parsed = v.parse(Said, said);
  if ("failed" in parsed) {
    await exited;
    throw new Error(parsed.failed);
  }
  return { ...parsed, pid, exited, stop: () => spawned.stop() };
}
