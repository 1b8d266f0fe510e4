import { mkdtempSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { underFileLock } from "./file-lock.ts";

const lock = (): string => join(mkdtempSync(join(tmpdir(), "farthing-lock-")), "deeper", "a.lock");

describe("underFileLock", () => {
  test("lets one in at a time, and the next one after a failure", async () => {
    const file = lock();
    let inside = 0;
    let most = 0;
    const enter = async (fails: boolean): Promise<void> => {
      inside++;
      most = Math.max(most, inside);
      await new Promise((resolve) => setTimeout(resolve, 20));
      inside--;
      if (fails) throw new Error("inside");
    };
    const all = [true, false, false].map((fails) => underFileLock(file, () => enter(fails)));
    const ends = await Promise.allSettled(all);
    expect(ends.map(({ status }) => status)).toEqual(["rejected", "fulfilled", "fulfilled"]);
    expect(most).toBe(1);
  });

  test.for([
    { why: "of a process that is gone", content: JSON.stringify({ pid: 1, mark: "another time" }), ageMs: 0 },
    { why: "of one that died before it wrote itself down", content: "", ageMs: 60_000 },
  ])("takes over the lock $why", async ({ content, ageMs }) => {
    const file = join(mkdtempSync(join(tmpdir(), "farthing-lock-")), "a.lock");
    writeFileSync(file, content);
    const then = new Date(Date.now() - ageMs);
    utimesSync(file, then, then);
    expect(await underFileLock(file, async () => "mine")).toBe("mine");
  });
});
