import { type ChildProcess, type SpawnOptions, spawn } from "node:child_process";
import { closeSync, openSync } from "node:fs";
import type { Started } from "./keep-running.ts";
import { prepareLog } from "./layout.ts";

const patienceMs = 8000;

/** A child that leads its own group, so that a Ctrl-C in the terminal reaches it only through us. */
export interface Spawned extends Started {
  readonly child: ChildProcess;
}

function endGroup(child: ChildProcess, signal: NodeJS.Signals): void {
  if (child.pid === undefined) return;
  try {
    process.kill(-child.pid, signal);
  } catch {
    child.kill(signal);
  }
}

/** Starts a Node program of ours whose words go to a log. */
export function spawnLogged(
  argv: readonly string[],
  log: string,
  options: Pick<SpawnOptions, "cwd" | "env"> & { readonly ipc?: boolean },
): Spawned {
  const file = openSync(prepareLog(log), "a");
  const { ipc, ...rest } = options;
  const child = spawn(process.execPath, argv, {
    ...rest,
    detached: true,
    stdio: ipc ? ["ignore", file, file, "ipc"] : ["ignore", file, file],
  });
  closeSync(file);
  const exited = new Promise<void>((resolve) => {
    child.once("exit", () => resolve());
    child.once("error", () => resolve());
  });
  return {
    child,
    pid: child.pid,
    exited,
    async stop() {
      if (child.exitCode !== null || child.signalCode !== null) return;
      endGroup(child, "SIGTERM");
      const patience = setTimeout(() => endGroup(child, "SIGKILL"), patienceMs);
      await exited;
      clearTimeout(patience);
    },
  };
}
