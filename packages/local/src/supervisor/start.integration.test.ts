import { type ChildProcess, spawn } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { freshFolder, until } from "../testing/running-sample.ts";
import { isRunning, type ProcessMark } from "./process-mark.ts";

interface Local {
  readonly api: string;
  readonly console: string | null;
  readonly keys: Record<string, string>;
  readonly pid: number;
}

describe("npm start", () => {
  let dir: string;
  let supervisor: ChildProcess;
  let said = "";

  const local = (): Local => JSON.parse(readFileSync(join(dir, "local.json"), "utf8"));
  const children = (): Record<string, ProcessMark> =>
    JSON.parse(readFileSync(join(dir, "processes.json"), "utf8")).children;
  const merchant = (key = local().keys.read) =>
    fetch(`${local().api}/v1/merchant`, { headers: { authorization: `Bearer ${key}` } });

  async function start(...more: string[]): Promise<void> {
    const argv = [
      join(import.meta.dirname, "..", "start.ts"),
      "--port",
      "0",
      "--data",
      dir,
      "--no-console",
      "--no-demo",
    ];
    const { npm_lifecycle_event: _, ...env } = process.env;
    const child = spawn(process.execPath, [...argv, ...more], { stdio: ["ignore", "pipe", "pipe"], env });
    supervisor = child;
    said = "";
    for (const stream of [child.stdout, child.stderr]) {
      stream.on("data", (chunk: Buffer) => {
        said += chunk.toString();
      });
    }
    await until(
      "local.json",
      async () => {
        if (child.exitCode !== null) throw new Error(`it ended: ${said}`);
        // A killed run leaves its own behind, until the next start takes it away.
        return existsSync(join(dir, "local.json")) && local().pid === child.pid;
      },
      120_000,
    );
  }

  async function end(signal: NodeJS.Signals): Promise<number | null> {
    const gone = new Promise<number | null>((resolve) => supervisor.once("exit", resolve));
    supervisor.kill(signal);
    return gone;
  }

  beforeAll(async () => {
    dir = await freshFolder();
    await start();
  }, 150_000);

  afterAll(async () => {
    if (supervisor?.exitCode === null) await end("SIGTERM");
  }, 30_000);

  test("says where it is, with a key for each role", async () => {
    expect(Object.keys(local().keys).toSorted()).toEqual(["admin", "billing", "finance", "ingest", "read"]);
    expect(local()).toMatchObject({ console: null, pid: supervisor.pid });
    expect((await merchant()).status).toBe(200);
    expect(said).toContain(local().api);
    expect(said).toContain(local().keys.admin);
  });

  test("does not start twice on one folder", async () => {
    const second = spawn(process.execPath, [join(import.meta.dirname, "..", "start.ts"), "--data", dir]);
    let complaint = "";
    second.stderr.on("data", (chunk: Buffer) => {
      complaint += chunk.toString();
    });
    expect(await new Promise((resolve) => second.once("exit", resolve))).toBe(1);
    expect(complaint).toMatch(new RegExp(`already runs on ${dir}`));
  }, 30_000);

  test.for(["cloud", "dynamo"])(
    "starts %s again when it is killed, and keeps its addresses",
    { timeout: 60_000 },
    async (name) => {
      const before = local();
      const mark = children()[name];
      process.kill(mark?.pid ?? 0, "SIGKILL");
      await until("the next one", async () => children()[name]?.pid !== mark?.pid, 30_000);
      await until("an answer", async () => (await merchant().catch(() => undefined))?.status === 200, 30_000);
      expect(local()).toEqual(before);
      expect(said).toMatch(/has ended; starting it again/);
    },
  );

  test("ends what a killed run left, and goes on with the same merchant and keys", async () => {
    const [keys, left] = [local().keys, Object.values(children())];
    await end("SIGKILL");
    expect(existsSync(join(dir, "local.json"))).toBe(true);
    await start();
    expect(left.some(isRunning)).toBe(false);
    expect(local().keys).toEqual(keys);
    expect((await merchant()).status).toBe(200);
  }, 120_000);

  test("stops everything on SIGTERM and leaves the data", async () => {
    const all = Object.values(children());
    expect(await end("SIGTERM")).toBe(0);
    expect(all.some(isRunning)).toBe(false);
    expect(existsSync(join(dir, "local.json"))).toBe(false);
    expect(existsSync(join(dir, "keys.json"))).toBe(true);
  }, 60_000);

  test("begins anew with --fresh", async () => {
    const before = readFileSync(join(dir, "keys.json"), "utf8");
    await start("--fresh");
    expect(readFileSync(join(dir, "keys.json"), "utf8")).not.toBe(before);
    expect((await merchant(JSON.parse(before).keys.admin)).status).toBe(401);
    expect((await merchant()).status).toBe(200);
  }, 150_000);
});
