import { mkdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

/** Nothing done under a lock takes this long: an older one was left behind, whatever now bears its holder's pid. */
const staleMs = 300_000;
const takeoverMs = 30_000;
const pollMs = 100;

/**
 * Runs one piece of work at a time among all processes that name the same lock folder.
 *
 * A holder that died leaves its folder behind: the next comer sees that its pid is gone and takes over.
 */
export async function underLock<T>(folder: string, work: () => Promise<T>): Promise<T> {
  await mkdir(dirname(folder), { recursive: true });
  while (!(await make(folder))) {
    if (await isLeft(folder)) await clear(folder);
    else await sleep(pollMs);
  }
  try {
    await writeFile(join(folder, "pid"), String(process.pid));
    return await work();
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Removes a lock that was left behind. One process at a time, which looks again: the folder may be a new holder's by now. */
async function clear(folder: string): Promise<void> {
  const guard = `${folder}.takeover`;
  if (await make(guard)) {
    if (await isLeft(folder)) await rm(folder, { recursive: true, force: true });
    await rm(guard, { recursive: true, force: true });
  } else if ((await ageMs(guard)) > takeoverMs) {
    await rm(guard, { recursive: true, force: true });
  } else {
    await sleep(pollMs);
  }
}

/** Making a folder either succeeds or finds one: no two processes make the same. */
async function make(folder: string): Promise<boolean> {
  try {
    await mkdir(folder);
    return true;
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "EEXIST") return false;
    throw error;
  }
}

async function isLeft(folder: string): Promise<boolean> {
  const age = await ageMs(folder);
  if (age > staleMs) return true;
  const pid = Number(await readFile(join(folder, "pid"), "utf8").catch(() => ""));
  // Without a pid its holder is about to name itself, or died before it did.
  return pid > 0 ? !isAlive(pid) : age > takeoverMs;
}

async function ageMs(folder: string): Promise<number> {
  const made = await stat(folder).catch(() => undefined);
  return made === undefined ? 0 : Date.now() - made.mtimeMs;
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
}
