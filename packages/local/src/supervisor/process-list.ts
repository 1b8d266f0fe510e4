import { readFileSync, rmSync } from "node:fs";
import { setTimeout as wait } from "node:timers/promises";
import * as v from "valibot";
import { writePrivate } from "./layout.ts";
import { isRunning, markProcess, type ProcessMark } from "./process-mark.ts";

/** The processes of a run, written down so that the next start can end what a killed run left behind. */
export interface ProcessList {
  /** Notes a child as soon as it runs, in place of the one that had its name before. */
  note(name: string, pid: number): void;
  /** Where the operator's door of the cloud is. */
  noteControl(url: string): void;
  remove(): void;
}

const Mark = v.object({ pid: v.number(), mark: v.string() });
const File = v.object({
  supervisor: Mark,
  children: v.record(v.string(), Mark),
  control: v.optional(v.string()),
});
type File = v.InferOutput<typeof File>;

function read(file: string): File | undefined {
  try {
    return v.parse(File, JSON.parse(readFileSync(file, "utf8")));
  } catch {
    return undefined;
  }
}

function signal(pid: number, name: NodeJS.Signals): void {
  // Children lead groups of their own, and what they started goes with them.
  for (const target of [-pid, pid]) {
    try {
      process.kill(target, name);
    } catch {
      // Gone already, or no group.
    }
  }
}

async function end(mark: ProcessMark): Promise<void> {
  signal(mark.pid, "SIGTERM");
  for (let waited = 0; isRunning(mark) && waited < 3000; waited += 50) await wait(50);
  if (!isRunning(mark)) return;
  signal(mark.pid, "SIGKILL");
  while (isRunning(mark)) await wait(20);
}

/** The supervisor that runs on a folder at this moment, if one does. */
export function whoRuns(file: string): ProcessMark | undefined {
  const supervisor = read(file)?.supervisor;
  return supervisor !== undefined && supervisor.pid !== process.pid && isRunning(supervisor) ? supervisor : undefined;
}

/** Ends the processes that a killed run left behind, and returns how many there were. */
export async function endLeftovers(file: string): Promise<number> {
  const left = Object.values(read(file)?.children ?? {}).filter(isRunning);
  await Promise.all(left.map(end));
  return left.length;
}

/** Begins the list of this run. */
export function openProcessList(file: string): ProcessList {
  const supervisor = markProcess(process.pid) ?? { pid: process.pid, mark: "" };
  let content: File = { supervisor, children: {} };
  const write = (next: File): void => {
    content = next;
    writePrivate(file, content);
  };
  write(content);
  return {
    note(name, pid) {
      const mark = markProcess(pid);
      if (mark !== undefined) write({ ...content, children: { ...content.children, [name]: mark } });
    },
    noteControl: (control) => write({ ...content, control }),
    remove: () => rmSync(file, { force: true }),
  };
}
