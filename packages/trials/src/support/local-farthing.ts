import { type ChildProcess, spawn } from "node:child_process";
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import type { Role } from "@farthing/sdk";

/** The folder of the whole repository. */
export const repository = resolve(import.meta.dirname, "../../../..");

/** The processes that the supervisor starts, by the names that it gives them. */
export type Part = "cloud" | "dynamo";

/** What a supervisor writes down about itself while it runs. */
interface Local {
  readonly api: string;
  readonly keys: Readonly<Record<Role, string>>;
  readonly pid: number;
}

interface Processes {
  readonly supervisor: { readonly pid: number };
  readonly children: Readonly<Partial<Record<string, { readonly pid: number }>>>;
  readonly control?: string;
}

const startTimeoutMs = 180_000;

/** A whole Farthing on this machine, started as a person starts it, in a folder and on a port of its own. */
export class LocalFarthing implements AsyncDisposable {
  readonly dir: string;
  readonly #port: number;
  #supervisor: ChildProcess | undefined;
  #said = "";

  private constructor(dir: string, port: number) {
    this.dir = dir;
    this.#port = port;
  }

  /** Starts one and waits until it says that it runs; on a copy of the data of another, which must not run, where one is given. */
  static async start(from?: LocalFarthing, place = tmpdir()): Promise<LocalFarthing> {
    const farthing = new LocalFarthing(mkdtempSync(join(place, "farthing-system-")), await freePort());
    if (from !== undefined) cpSync(from.dir, farthing.dir, { recursive: true });
    await farthing.startAgain();
    return farthing;
  }

  /** Where the API is; the same after each start. */
  get api(): string {
    return this.#local.api;
  }

  /** The merchant's keys, a role each. */
  get keys(): Local["keys"] {
    return this.#local.keys;
  }

  /** Starts it on what it left behind. */
  async startAgain(): Promise<void> {
    const flags = ["--no-console", "--no-demo", "--port", String(this.#port), "--data", this.dir];
    // Set while npm runs these tests, and would tie the supervisor to this process.
    const { npm_lifecycle_event: _, ...own } = process.env;
    const argv = [join(repository, "packages/local/src/start.ts"), ...flags];
    const child = spawn(process.execPath, argv, { cwd: repository, env: own, stdio: ["ignore", "pipe", "pipe"] });
    this.#supervisor = child;
    const endWithUs = () => child.kill("SIGTERM");
    process.once("exit", endWithUs);
    child.once("exit", () => process.off("exit", endWithUs));
    for (const stream of [child.stdout, child.stderr]) {
      stream.on("data", (chunk: Buffer) => {
        this.#said += chunk.toString();
      });
    }
    const end = Date.now() + startTimeoutMs;
    // A killed run leaves its own local.json behind, until the next start takes it away.
    while (!existsSync(join(this.dir, "local.json")) || this.#local.pid !== child.pid) {
      if (isGone(child)) throw new Error(`npm start ended: ${this.#said}${this.#logs()}`);
      if (Date.now() > end) throw new Error(`npm start does not come up: ${this.#said}${this.#logs()}`);
      await wait(50);
    }
  }

  /** The process of a part. Errors: throws where it does not run. */
  pid(part: Part): number {
    const pid = this.#processes?.children[part]?.pid;
    if (pid === undefined) throw new Error(`there is no process of the ${part}`);
    return pid;
  }

  /** Kills one part without a word, as a crash would; the supervisor starts it again. False where it is down already. */
  kill(part: Part): boolean {
    const pid = this.#processes?.children[part]?.pid;
    return pid !== undefined && killGroup(pid);
  }

  /** Kills the supervisor alone, without a word; what it leaves behind is for the next start to end. */
  async killSupervisor(): Promise<void> {
    const supervisor = this.#supervisor;
    supervisor?.kill("SIGKILL");
    while (supervisor !== undefined && !isGone(supervisor)) await wait(5);
  }

  /** Kills the supervisor and everything that it started, without a word, as a power cut would. */
  async killAll(): Promise<void> {
    const gone = this.killSupervisor();
    for (const child of Object.values(this.#processes?.children ?? {})) if (child) killGroup(child.pid);
    await gone;
  }

  /** Stops it as Ctrl-C does. */
  async stop(): Promise<void> {
    const supervisor = this.#supervisor;
    if (supervisor === undefined || isGone(supervisor)) return;
    supervisor.kill("SIGTERM");
    const patience = setTimeout(() => void this.killAll(), 30_000);
    while (!isGone(supervisor)) await wait(20);
    clearTimeout(patience);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.stop();
    rmSync(this.dir, { recursive: true, force: true, maxRetries: 5 });
  }

  get #local(): Local {
    return JSON.parse(readFileSync(join(this.dir, "local.json"), "utf8"));
  }

  get #processes(): Processes | undefined {
    const file = join(this.dir, "processes.json");
    return existsSync(file) ? JSON.parse(readFileSync(file, "utf8")) : undefined;
  }

  #logs(): string {
    const file = join(this.dir, "logs", "cloud.log");
    return existsSync(file) ? `\n${readFileSync(file, "utf8").slice(-4000)}` : "";
  }
}

function isGone(child: ChildProcess): boolean {
  return child.exitCode !== null || child.signalCode !== null;
}

/** Children lead groups of their own. */
function killGroup(pid: number): boolean {
  try {
    process.kill(-pid, "SIGKILL");
    return true;
  } catch {
    return false;
  }
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((done, failed) => {
    server.once("error", failed);
    server.listen(0, "127.0.0.1", done);
  });
  const address = server.address();
  await new Promise((done) => server.close(done));
  if (address === null || typeof address === "string") throw new Error("the system gave no port");
  return address.port;
}
