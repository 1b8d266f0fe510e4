import { existsSync, readdirSync, readFileSync } from "node:fs";

/** CPU time of a Node process by what its threads are for. Units: seconds. */
export interface ThreadCpu {
  /** The main thread. */
  readonly main: number;
  /** Worker threads, which run the functions. */
  readonly workers: number;
  /** The engine's helpers, for collecting garbage and compiling, which all threads share. */
  readonly engine: number;
}

const ticksPerSecond = 100;

/** Reads how much CPU the threads of a process took so far; nothing where the system does not tell. */
export function threadCpu(pid: number): ThreadCpu | undefined {
  const tasks = `/proc/${pid}/task`;
  if (!existsSync(tasks)) return undefined;
  const sums = { main: 0, workers: 0, engine: 0 };
  for (const thread of readdirSync(tasks)) {
    const stat = readFileSync(`${tasks}/${thread}/stat`, "utf8");
    const name = stat.slice(stat.indexOf("(") + 1, stat.lastIndexOf(")"));
    const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    const kind = thread === String(pid) ? "main" : name === "WorkerThread" ? "workers" : "engine";
    sums[kind] += (Number(fields[11]) + Number(fields[12])) / ticksPerSecond;
  }
  return sums;
}
