import { type ChildProcess, spawn } from "node:child_process";
import { mkdir } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { dynamoProgram } from "./dynamo-jar.ts";
import { requireJava } from "./java.ts";
import { freePort } from "./ports.ts";
import { writeAhead } from "./write-ahead.ts";

/** Where the tables live, and how the program is started. */
export interface DynamoOptions {
  /** The folder of the database; left out, everything is kept in memory and is gone at the end. */
  readonly dir?: string;
  readonly inMemory?: boolean;
  readonly port?: number;
  readonly heapMegabytes?: number;
  /** Keeps a Ctrl-C in the terminal from reaching the program: its owner decides when it stops. */
  readonly ownGroup?: boolean;
  /** Told one line when something takes its time. */
  readonly note?: (line: string) => void;
  /** Told the process as soon as there is one, before it answers. */
  readonly spawned?: (pid: number) => void;
}

/** A DynamoDB Local that answers. */
export interface Dynamo {
  readonly endpoint: string;
  /** The process to end; undefined for a DynamoDB Local that runs elsewhere. */
  readonly pid?: number;
  /** Settles when the process is gone, whoever ended it. */
  readonly exited: Promise<void>;
  stop(): Promise<void>;
}

const startTimeoutMs = 60_000;

/**
 * A collector without threads of its own and the quick compiler alone: a database that runs for minutes beside its clients
 * on a few cores spends more on its optimising compiler than it ever gets back. Figures: docs/performance.md.
 */
const frugal = ["-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"];

async function javaArguments(options: DynamoOptions, program: string, port: number): Promise<string[]> {
  const where = options.dir === undefined || options.inMemory ? ["-inMemory"] : ["-dbPath", resolve(options.dir)];
  if (options.dir !== undefined && !options.inMemory) {
    await mkdir(options.dir, { recursive: true });
    writeAhead(options.dir);
  }
  const heap = `-Xmx${options.heapMegabytes ?? 512}m`;
  const native = `-Djava.library.path=${join(program, "DynamoDBLocal_lib")}`;
  const jar = join(program, "DynamoDBLocal.jar");
  return [heap, ...frugal, native, "-jar", jar, "-port", String(port), ...where, "-sharedDb", "-disableTelemetry"];
}

async function answers(endpoint: string): Promise<boolean> {
  return fetch(endpoint, { signal: AbortSignal.timeout(1000) }).then(
    async (response) => response.arrayBuffer().then(() => true),
    () => false,
  );
}

async function untilItAnswers(endpoint: string, child: ChildProcess, said: () => string): Promise<void> {
  const end = Date.now() + startTimeoutMs;
  while (Date.now() < end) {
    if (child.exitCode !== null || child.signalCode !== null) throw new Error(`DynamoDB Local ended: ${said()}`);
    if (await answers(endpoint)) return;
    await wait(100);
  }
  child.kill("SIGKILL");
  throw new Error(`DynamoDB Local did not answer within ${startTimeoutMs / 1000} s: ${said()}`);
}

async function launch(options: DynamoOptions): Promise<Dynamo> {
  const [java, program] = [await requireJava(), await dynamoProgram(undefined, options.note)];
  const port = options.port ?? (await freePort());
  const child = spawn(java, await javaArguments(options, program, port), {
    stdio: ["ignore", "pipe", "pipe"],
    detached: options.ownGroup ?? false,
    // It leaves a file of its own in the folder it is started in.
    cwd: options.dir === undefined || options.inMemory ? tmpdir() : options.dir,
  });
  if (child.pid !== undefined) options.spawned?.(child.pid);
  const endWithUs = () => child.kill("SIGTERM");
  process.once("exit", endWithUs);
  let said = "";
  const listen = (chunk: Buffer) => {
    said = (said + chunk.toString()).slice(-2000);
  };
  child.stdout.on("data", listen);
  child.stderr.on("data", listen);
  const exited = new Promise<void>((done) => {
    const gone = () => {
      process.off("exit", endWithUs);
      done();
    };
    child.once("exit", gone);
    child.once("error", gone);
  });
  const endpoint = `http://127.0.0.1:${port}`;
  await untilItAnswers(endpoint, child, () => said.trim());
  const stop = async (): Promise<void> => {
    child.kill("SIGTERM");
    const patience = setTimeout(() => child.kill("SIGKILL"), 5000);
    await exited;
    clearTimeout(patience);
  };
  return { endpoint, exited, stop, ...(child.pid === undefined ? {} : { pid: child.pid }) };
}

/**
 * Starts AWS's DynamoDB Local and waits until it answers; uses the one at `FARTHING_DYNAMODB_ENDPOINT` where that is set.
 *
 * It listens on all interfaces and has no flag against it, so nothing but test data belongs in it.
 * Errors: throws `JavaMissing` without a Java of version 11 or later, and when the program does not come up.
 */
export async function startDynamo(options: DynamoOptions = {}): Promise<Dynamo> {
  const elsewhere = process.env.FARTHING_DYNAMODB_ENDPOINT;
  if (elsewhere) return { endpoint: elsewhere, exited: new Promise(() => {}), stop: async () => {} };
  for (let attempt = 1; ; attempt++) {
    try {
      return await launch(options);
    } catch (error) {
      // A port found free may be taken before Java gets to it.
      const taken = error instanceof Error && /Address already in use|BindException/i.test(error.message);
      if (!taken || options.port !== undefined || attempt === 3) throw error;
    }
  }
}
