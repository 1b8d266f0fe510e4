import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { keepRunning, type Started } from "./keep-running.ts";
import { layoutOf, wipe, writePrivate } from "./layout.ts";
import { endLeftovers, openProcessList, whoRuns } from "./process-list.ts";
import { isRunning, markProcess } from "./process-mark.ts";

const folder = (): string => mkdtempSync(join(tmpdir(), "farthing-processes-"));

function sleeper() {
  const child = spawn(process.execPath, ["-e", "setInterval(() => {}, 1000)"], { detached: true, stdio: "ignore" });
  const gone = new Promise((resolve) => child.once("exit", resolve));
  return { pid: child.pid ?? 0, gone };
}

describe("markProcess", () => {
  test("tells a process from another that has its number", async () => {
    const { pid, gone } = sleeper();
    const mark = markProcess(pid);
    if (mark === undefined) throw new Error("the process is not there");
    expect(isRunning(mark)).toBe(true);
    expect(isRunning({ ...mark, mark: "another time" })).toBe(false);
    process.kill(pid, "SIGKILL");
    await gone;
    expect(isRunning(mark)).toBe(false);
    expect(markProcess(pid)).toBeUndefined();
  });
});

describe("the list of processes", () => {
  test("lets the next start end what was left, and nothing that only has the number", async () => {
    const file = join(folder(), "processes.json");
    const [left, stranger] = [sleeper(), sleeper()];
    const list = openProcessList(file);
    list.note("cloud", left.pid);
    list.note("console", stranger.pid);
    const content = JSON.parse(readFileSync(file, "utf8"));
    content.children.console.mark = "another time";
    writeFileSync(file, JSON.stringify(content));
    expect(await endLeftovers(file)).toBe(1);
    await left.gone;
    expect(markProcess(stranger.pid)).toBeDefined();
    process.kill(stranger.pid, "SIGKILL");
    await stranger.gone;
  });

  test("tells whether another supervisor runs, and is nothing to go by when it is damaged", async () => {
    const file = join(folder(), "processes.json");
    expect(whoRuns(file)).toBeUndefined();
    openProcessList(file);
    expect(whoRuns(file)).toBeUndefined();
    const other = sleeper();
    const content = JSON.parse(readFileSync(file, "utf8"));
    writeFileSync(file, JSON.stringify({ ...content, supervisor: markProcess(other.pid) }));
    expect(whoRuns(file)?.pid).toBe(other.pid);
    process.kill(other.pid, "SIGKILL");
    await other.gone;
    expect(whoRuns(file)).toBeUndefined();
    writeFileSync(file, "{");
    expect(await endLeftovers(file)).toBe(0);
  });
});

describe("keepRunning", () => {
  test("starts again what ends, says so, and stops for good", async () => {
    const said: string[] = [];
    const ends: (() => void)[] = [];
    let starts = 0;
    const kept = await keepRunning({
      name: "The thing",
      say: (line) => said.push(line),
      async start(): Promise<Started> {
        starts++;
        let end = (): void => {};
        const exited = new Promise<void>((resolve) => {
          end = resolve;
        });
        ends.push(end);
        return { exited, stop: async () => end() };
      },
    });
    ends[0]?.();
    await expect.poll(() => starts).toBe(2);
    await expect.poll(() => said).toEqual(["The thing has ended; starting it again …", "The thing runs again."]);
    await kept.stop();
    expect(starts).toBe(2);
  });

  test("stops also what never ends by itself, because it belongs to somebody else", async () => {
    const start = async (): Promise<Started> => ({ exited: new Promise(() => {}), stop: async () => {} });
    const kept = await keepRunning({ name: "It", say: () => {}, start });
    await kept.stop();
  });

  test("does not hide that the first start fails", async () => {
    const start = async (): Promise<Started> => {
      throw new Error("no luck");
    };
    await expect(keepRunning({ name: "It", say: () => {}, start })).rejects.toThrow("no luck");
  });
});

describe("the layout", () => {
  test("wipes what a run keeps and nothing else", () => {
    const layout = layoutOf(folder());
    writePrivate(layout.keys, { a: 1 });
    writePrivate(join(layout.dir, "mine.txt"), "keep");
    expect(statSync(layout.keys).mode & 0o777).toBe(0o600);
    wipe(layout);
    expect(statSync(layout.keys, { throwIfNoEntry: false })).toBeUndefined();
    expect(readFileSync(join(layout.dir, "mine.txt"), "utf8")).toContain("keep");
  });
});
