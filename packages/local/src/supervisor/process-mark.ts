import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";

/** A process, told from any later one that gets the same number. */
export interface ProcessMark {
  readonly pid: number;
  readonly mark: string;
}

function read(file: string): string | undefined {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return undefined;
  }
}

function fromProc(pid: number): string | undefined {
  const stat = read(`/proc/${pid}/stat`);
  if (stat === undefined) return undefined;
  // The name in parentheses may hold anything; what follows it is in columns. A zombie is gone already.
  const columns = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  if (columns[0] === "Z") return undefined;
  return `${read("/proc/sys/kernel/random/boot_id")?.trim() ?? ""} ${columns[19] ?? ""}`;
}

function fromPs(pid: number): string | undefined {
  try {
    const said = execFileSync("ps", ["-o", "lstart=,command=", "-p", String(pid)], { encoding: "utf8" }).trim();
    return said === "" ? undefined : said;
  } catch {
    return undefined;
  }
}

/**
 * Marks a process that runs: its number alone may be given to another later. Undefined when there is none.
 *
 * The mark is the moment at which it started (with its command line where there is no `/proc`): command lines change,
 * for Next writes its own.
 */
export function markProcess(pid: number): ProcessMark | undefined {
  const mark = process.platform === "linux" ? fromProc(pid) : fromPs(pid);
  return mark === undefined ? undefined : { pid, mark };
}

/** Whether the process that was marked still runs. */
export function isRunning({ pid, mark }: ProcessMark): boolean {
  return markProcess(pid)?.mark === mark;
}
