import { existsSync } from "node:fs";
import { mkdir, utimes, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { expect, test } from "vitest";
import { underLock } from "./lock.ts";
import { scratchFolders } from "./scratch-folders.ts";

const scratch = scratchFolders();
const folder = async () => join(await scratch(), "deep", "lock");

test("lets one in at a time, and everybody in the end", async () => {
  const lock = await folder();
  let inside = 0;
  const seen: number[] = [];
  const visits = Array.from({ length: 8 }, (_, visit) =>
    underLock(lock, async () => {
      inside += 1;
      expect(inside).toBe(1);
      await sleep(5);
      inside -= 1;
      seen.push(visit);
    }),
  );
  await Promise.all(visits);
  expect(seen.sort()).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
  expect(existsSync(lock)).toBe(false);
});

test("opens again when the work fails, and passes the failure on", async () => {
  const lock = await folder();
  await expect(underLock(lock, () => Promise.reject(new Error("no")))).rejects.toThrow("no");
  expect(await underLock(lock, async () => "yes")).toBe("yes");
});

test.for([
  { left: "by a process that is gone", pid: "999999999", ageSeconds: 1 },
  { left: "before its holder named itself", pid: "", ageSeconds: 60 },
  { left: "so long ago that its pid is another's", pid: String(process.pid), ageSeconds: 600 },
])("takes over a lock left $left, once", async ({ pid, ageSeconds }) => {
  const lock = await folder();
  await mkdir(lock, { recursive: true });
  await writeFile(join(lock, "pid"), pid);
  const then = new Date(Date.now() - ageSeconds * 1000);
  await utimes(lock, then, then);
  let inside = 0;
  const visit = () =>
    underLock(lock, async () => {
      inside += 1;
      expect(inside).toBe(1);
      await sleep(5);
      inside -= 1;
    });
  await Promise.all([visit(), visit(), visit(), visit()]);
});

test("waits for a holder that lives", async () => {
  const lock = await folder();
  await mkdir(lock, { recursive: true });
  await writeFile(join(lock, "pid"), String(process.ppid));
  const came = await Promise.race([underLock(lock, async () => "in"), sleep(300, "waiting")]);
  expect(came).toBe("waiting");
  // Gone at last: the waiting one comes in, and the test leaves nothing behind.
  await writeFile(join(lock, "pid"), "999999999");
  await expect.poll(() => existsSync(lock)).toBe(false);
});
