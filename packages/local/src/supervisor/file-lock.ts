import { mkdir, open, readFile, rm, stat } from "node:fs/promises";
import { dirname } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { isRunning, markProcess } from "./process-mark.ts";

/** A holder writes itself down at once; a file that still says nothing after this long was left by a dead one. */
const namelessMs = 5000;

async function holderIsGone(file: string): Promise<boolean> {
  try {
    return !isRunning(JSON.parse(await readFile(file, "utf8")));
  } catch {
    const found = await stat(file).catch(() => undefined);
    return found !== undefined && Date.now() - found.mtimeMs > namelessMs;
  }
}

/** Does something that only one process may do at a time; what a dead holder left is taken over. */
export async function underFileLock<T>(file: string, action: () => Promise<T>): Promise<T> {
  await mkdir(dirname(file), { recursive: true });
  for (;;) {
    const handle = await open(file, "wx").catch((error: NodeJS.ErrnoException) => {
      if (error.code !== "EEXIST") throw error;
    });
    if (handle !== undefined) {
      await handle.writeFile(JSON.stringify(markProcess(process.pid)));
      await handle.close();
      break;
    }
    if (await holderIsGone(file)) await rm(file, { force: true });
    else await wait(200);
  }
  try {
    return await action();
  } finally {
    await rm(file, { force: true });
  }
}
