import { type ChildProcess, fork } from "node:child_process";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Dynamo, startDynamo } from "./stores/dynamo.ts";
import { freePort } from "./stores/ports.ts";
import { readAssembly } from "./template/assembly.ts";
import { resourcesOf } from "./template/kinds.ts";
import { freshFolder, type Observer, observe, until } from "./testing/running-sample.ts";
import { sampleAssembly } from "./testing/sample-assembly.ts";

describe("after SIGKILL", () => {
  let dir: string;
  let assembly: string;
  let dynamo: Dynamo;
  let seen: Observer;
  let cloud: ChildProcess;
  let api: string;
  let dynamoPort: number;

  async function startDatabase(): Promise<void> {
    dynamo = await startDynamo({ dir: join(dir, "dynamo"), port: dynamoPort });
  }

  async function startProcess(): Promise<void> {
    const options = {
      assembly,
      dir,
      dynamo: dynamo.endpoint,
      schedules: false,
      streamPollMs: 50,
      queueRetrySeconds: 1,
    };
    cloud = fork(join(import.meta.dirname, "cloud-main.ts"), { execArgv: [] });
    cloud.send(options);
    api = await new Promise<string>((resolve, reject) => {
      cloud.once("message", (message) => {
        const said = message as { api?: string; failed?: string };
        if (said.api === undefined) reject(new Error(said.failed));
        else resolve(said.api);
      });
    });
  }

  async function kill(child: ChildProcess): Promise<void> {
    const gone = new Promise((resolve) => child.once("exit", resolve));
    child.kill("SIGKILL");
    await gone;
  }

  const post = (body: string) => fetch(`${api}/v1/notes`, { method: "POST", body });

  beforeAll(async () => {
    dir = await freshFolder();
    assembly = await sampleAssembly({ visibilitySeconds: 600 });
    dynamoPort = await freePort();
    await startDatabase();
    const results = resourcesOf(await readAssembly(assembly), "AWS::DynamoDB::Table").find(({ id }) =>
      id.startsWith("Results"),
    );
    seen = observe(dynamo.endpoint, `${results?.stack}-${results?.id}`);
    await startProcess();
  }, 60_000);

  afterAll(async () => {
    if (cloud !== undefined) await kill(cloud);
    await dynamo?.stop();
  });

  test("the cloud goes on where it was: nothing that was answered is lost, nothing waits for a timeout of ten minutes", async () => {
    const answered: string[] = [];
    for (let round = 0; round < 3; round++) {
      const sending = Array.from({ length: 20 }, async (_, n) => {
        const key = `m#round-${round}-${n}`;
        const response = await post(key).catch(() => undefined);
        if (response?.status === 202) answered.push(key);
      });
      await Promise.race([Promise.all(sending), new Promise((resolve) => setTimeout(resolve, 1200 + round * 300))]);
      await kill(cloud);
      await Promise.all(sending);
      await startProcess();
    }
    expect(answered.length).toBeGreaterThan(0);
    await until("all that was answered", async () => {
      const results = new Set(await seen.results());
      return answered.every((key) => results.has(key));
    });
  }, 60_000);

  test("the database comes back with what it had, and the stream goes on", async () => {
    expect((await post("m#before")).status).toBe(202);
    process.kill(dynamo.pid ?? 0, "SIGKILL");
    await dynamo.exited;
    await startDatabase();
    expect((await post("m#behind")).status).toBe(202);
    await until("both notes", async () => {
      const results = await seen.results();
      return results.includes("m#before") && results.includes("m#behind");
    });
  }, 60_000);
});
