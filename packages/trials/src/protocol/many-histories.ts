import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

const runner = fileURLToPath(new URL("run-seeds.ts", import.meta.url));

/**
 * Runs the histories of seeds 1 to `count` in processes of their own, some at once, and says how many have held.
 *
 * Errors: throws with the whole first history that broke an invariant.
 */
export async function runMany(
  count: number,
  { atOnce, say }: { readonly atOnce: number; readonly say: (held: number) => void },
): Promise<void> {
  const each = Math.ceil(count / atOnce);
  const held = Array.from({ length: atOnce }, () => 0);
  const told = (runner: number, many: number) => {
    held[runner] = many;
    say(held.reduce((sum, one) => sum + one, 0));
  };
  const parts = held.map((_, part) => ({ from: part * each + 1, to: Math.min((part + 1) * each, count) }));
  const stop = new AbortController();
  const runs = parts.map((range, part) => runPart(range, { stop, told: (many) => told(part, many) }));
  await Promise.allSettled(runs);
  await Promise.all(runs);
}

async function runPart(
  { from, to }: { readonly from: number; readonly to: number },
  { stop, told }: { readonly stop: AbortController; readonly told: (many: number) => void },
): Promise<void> {
  const args = [runner, "--from", String(from), "--to", String(to)];
  const child = spawn(process.execPath, args, { stdio: ["ignore", "pipe", "pipe"], signal: stop.signal });
  const lines: string[] = [];
  const read = (line: string) => {
    const [, many] = /^held (\d+)$/.exec(line) ?? [];
    if (many === undefined) lines.push(line);
    else told(Number(many));
  };
  createInterface(child.stdout).on("line", read);
  createInterface(child.stderr).on("line", read);
  const code = await new Promise<number | null>((resolve) => {
    child.on("error", () => resolve(null)).on("close", resolve);
  });
  if (code === 0 || stop.signal.aborted) return;
  stop.abort();
  throw new Error(lines.join("\n"));
}
