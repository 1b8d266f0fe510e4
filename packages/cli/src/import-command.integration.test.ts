import { spawn } from "node:child_process";
import { resolve } from "node:path";
import { describe, expect, test } from "vitest";
import { log, place } from "./import.fixture.ts";
import { runCommand } from "./terminal.fixture.ts";

describe("an import that is stopped", () => {
  test("by a kill -9 at any moment, is whole after it is run again", async () => {
    const { server, file, cwd } = await place(`${log(3_000)}nonsense\n`);
    const words = ["import", file, "--url", server.url, "--key", "k", "--data", cwd, "--batch", "20", "--json"];
    for (const killAfter of [3, 40, 90]) {
      const child = spawn(process.execPath, [resolve(import.meta.dirname, "main.ts"), ...words], { stdio: "ignore" });
      const ended = new Promise((done) => child.on("exit", done));
      while (server.requests.length < killAfter) await new Promise((done) => setTimeout(done, 1));
      child.kill("SIGKILL");
      await ended;
    }
    const sentBefore = server.requests.flatMap(({ texts }) => texts).length;
    const { exitCode, output } = await runCommand(words, { cwd });
    expect([exitCode, JSON.parse(output)]).toMatchObject([1, { accepted: 3_000, problems: { unreadable: 1 } }]);
    const sent = server.requests.flatMap(({ texts }) => texts).length;
    expect([server.stored.size, server.altered]).toEqual([3_000, []]);
    // Each kill may cost the batches that were on their way, four of 20 events.
    expect(sent).toBeLessThanOrEqual(3_000 + 3 * 4 * 20);
    expect(sent).toBeGreaterThan(sentBefore);
  }, 30_000);
});

describe("the bin", () => {
  test("runs as a program of its own", async () => {
    const { file, cwd } = await place(log(3));
    const child = spawn(
      process.execPath,
      [resolve(import.meta.dirname, "../bin/farthing.js"), "import", file, "--dry-run"],
      { cwd },
    );
    const exitCode = await new Promise((done) => child.on("exit", done));
    expect(exitCode).toBe(0);
  });
});
