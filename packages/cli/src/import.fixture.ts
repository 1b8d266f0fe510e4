import { join, resolve } from "node:path";
import { type LoopbackRules, startLoopback } from "@farthing/sdk/loopback";
import { onTestFinished } from "vitest";
import { temporaryFile } from "./temporary-folder.fixture.ts";
import { runCommand } from "./terminal.fixture.ts";

/** A line of an access log, each of its own. */
export const logLine = (n: number, day = "20/Nov/2026") =>
  `10.0.${n % 3}.${n % 7} - - [${day}:10:${String(n % 60).padStart(2, "0")}:00 +0000] "GET /${n} HTTP/1.1" 200 ${n}`;
/** An access log of so many lines. */
export const log = (lines: number, day?: string) =>
  `${Array.from({ length: lines }, (_, n) => logLine(n, day)).join("\n")}\n`;

/** A loopback API, gone when the test is over. */
export async function api(rules: LoopbackRules = {}) {
  const server = await startLoopback(rules);
  onTestFinished(() => server.close());
  return server;
}

/** A place to import from: a folder with a file, and flags that lead to a loopback API. */
export async function place(content: string, rules: LoopbackRules = {}, name = "access.log") {
  const server = await api(rules);
  const file = temporaryFile(content, name);
  const cwd = resolve(file, "..");
  const run = (...flags: string[]) =>
    runCommand(["import", file, "--url", server.url, "--key", "k", "--data", cwd, ...flags], { cwd });
  const json = async (...flags: string[]) => JSON.parse((await run("--json", ...flags)).output);
  return { server, file, cwd, run, json, imports: join(cwd, "imports") };
}
