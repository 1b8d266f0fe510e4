import { fork } from "node:child_process";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import * as v from "valibot";

const Answer = v.union([v.object({ assembly: v.string() }), v.object({ failed: v.string() })]);

/**
 * Synthesises the cloud assembly in a process of its own, which is large while it works, and answers its folder.
 *
 * Errors: throws what the synthesis said.
 */
export async function synthesiseApart(root: string, cacheDir: string): Promise<string> {
  const child = fork(import.meta.filename, [root, cacheDir], {
    execArgv: [],
    stdio: ["ignore", "ignore", "ignore", "ipc"],
  });
  const said = await new Promise<unknown>((resolve) => {
    child.once("message", resolve);
    child.once("exit", () => resolve({ failed: "the synthesis of the stacks ended without a word" }));
  });
  const answer = v.parse(Answer, said);
  if ("failed" in answer) throw new Error(answer.failed);
  return answer.assembly;
}

async function main(root: string, cacheDir: string): Promise<{ assembly: string } | { failed: string }> {
  try {
    // By its path: a package imports nothing of the stacks.
    const { synthesise } = await import(pathToFileURL(join(root, "stacks", "synth.ts")).href);
    return await synthesise({ root, cacheDir });
  } catch (error) {
    return { failed: error instanceof Error ? error.message : String(error) };
  }
}

if (import.meta.main) {
  const [root = "", cacheDir = ""] = process.argv.slice(2);
  const answer = await main(root, cacheDir);
  process.send?.(answer, () => process.disconnect());
}
