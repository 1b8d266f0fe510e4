import { mkdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import * as v from "valibot";
import { seedDemo } from "../demo.ts";
import { type Dynamo, startDynamo } from "../stores/dynamo.ts";
import { requireJava } from "../stores/java.ts";
import type { CloudOptions } from "../wiring.ts";
import { synthesiseApart } from "./assembly-process.ts";
import { type CloudProcess, startCloudProcess } from "./cloud-process.ts";
import { buildConsole, startConsole } from "./console-process.ts";
import type { Flags } from "./flags.ts";
import { type Kept, keepRunning, type Started } from "./keep-running.ts";
import { type Layout, layoutOf, writePrivate } from "./layout.ts";
import { ensureMerchant, type Keys } from "./merchant.ts";
import type { ProcessList } from "./process-list.ts";
import { collectingEnvironment, type StripeProcess, startStripeProcess } from "./stripe-process.ts";

/** A local Farthing that runs. */
export interface Running {
  readonly api: string;
  readonly console: string | null;
  readonly keys: Keys;
}

/** What a start works with. */
export interface StartOptions {
  readonly root: string;
  readonly flags: Flags;
  readonly ports: { readonly api: number; readonly console: number };
  readonly processes: ProcessList;
  /** Tells the person at the keyboard one line. */
  readonly say: (line: string) => void;
}

/** Starts and stops the parts of a local Farthing. */
export class Supervisor {
  readonly #options: StartOptions;
  readonly #layout: Layout;
  readonly #kept: Kept<Started>[] = [];
  #stopping: Promise<void> | undefined;

  constructor(options: StartOptions) {
    this.#options = options;
    this.#layout = layoutOf(options.flags.dir);
  }

  /** Errors: throws when a part does not come up; the message is for the person at the keyboard. */
  async start(): Promise<Running> {
    const { flags, root, say, ports } = this.#options;
    if (!process.env.FARTHING_DYNAMODB_ENDPOINT) await requireJava();
    await mkdir(flags.dir, { recursive: true });
    say("Starting the local cloud …");
    const built = flags.console ? buildConsole(root, say) : Promise.resolve();
    // Looked at further down; until then a failure must not end the process without a word.
    built.catch(() => {});
    const [assembly, dynamo, stripe] = await Promise.all([
      synthesiseApart(root, join(root, ".farthing")),
      this.#keep("The database", "dynamo", (before: Dynamo | undefined) => this.#startDatabase(before)),
      process.env.STRIPE_SECRET_KEY ? undefined : this.#startStripe(),
    ]);
    const variables = collectingEnvironment(process.env, { stripe: stripe?.current().url, mail: this.#layout.mail });
    const cloud = await this.#keep("The cloud", "cloud", (before: CloudProcess | undefined) =>
      this.#startCloud({ assembly, variables, dynamo: dynamo.current().endpoint }, before),
    );
    const { api, control } = cloud.current();
    this.#options.processes.noteControl(control);
    const merchant = await ensureMerchant({ api, control, file: this.#layout.keys });
    if (flags.demo) await this.#seed(api, merchant, stripe?.current().url);
    await built;
    const console = flags.console ? await this.#startConsole(api, merchant.keys.admin, ports.console) : null;
    return { api, console, keys: merchant.keys };
  }

  /** Ends everything that was started, the console first and the database last. */
  stop(): Promise<void> {
    this.#stopping ??= this.#stopAll();
    return this.#stopping;
  }

  async #stopAll(): Promise<void> {
    for (const kept of this.#kept.toReversed()) await kept.stop();
  }

  async #keep<S extends Started>(
    name: string,
    key: string,
    start: (before: S | undefined) => Promise<S>,
  ): Promise<Kept<S>> {
    const { say, processes } = this.#options;
    const note = (process: S): void => {
      if (process.pid !== undefined) processes.note(key, process.pid);
    };
    const kept = await keepRunning({ name, start, say, started: note });
    this.#kept.push(kept);
    if (this.#stopping !== undefined) await kept.stop();
    return kept;
  }

  #startDatabase(before: Dynamo | undefined): Promise<Dynamo> {
    const { say, processes } = this.#options;
    const port = before === undefined ? {} : { port: Number(new URL(before.endpoint).port) };
    // Noted while it comes up: it outlives a supervisor that is killed in these seconds, with the database open.
    const spawned = (pid: number) => processes.note("dynamo", pid);
    return startDynamo({ dir: this.#layout.dynamo, ownGroup: true, note: say, spawned, ...port });
  }

  #startStripe(): Promise<Kept<StripeProcess>> {
    const api = `http://127.0.0.1:${this.#options.ports.api}`;
    const place = { api, file: this.#layout.stripe, log: this.#layout.log("stripe") };
    return this.#keep("What answers for Stripe", "stripe", (before: StripeProcess | undefined) =>
      startStripeProcess({ ...place, before }),
    );
  }

  #startCloud(
    parts: Pick<CloudOptions, "assembly" | "variables" | "dynamo">,
    before: CloudProcess | undefined,
  ): Promise<CloudProcess> {
    const { flags, ports } = this.#options;
    const port = before === undefined ? ports.api : Number(new URL(before.api).port);
    const controlPort = before === undefined ? 0 : Number(new URL(before.control).port);
    return startCloudProcess({ ...parts, dir: flags.dir, port, controlPort }, this.#layout.log("cloud"));
  }

  async #startConsole(api: string, key: string, port: number): Promise<string> {
    const log = this.#layout.log("console");
    const { root } = this.#options;
    await this.#keep("The console", "console", () => startConsole({ root, port, api, key, log }));
    return `http://127.0.0.1:${port}`;
  }

  /** Once for a merchant. A run that was broken off is taken up again for the same week, so that nothing is there twice. */
  async #seed(
    api: string,
    { merchant, keys }: { readonly merchant: string; readonly keys: Keys },
    stripe: string | undefined,
  ): Promise<void> {
    const { say } = this.#options;
    const before = await readSeeding(this.#layout.demo);
    const same = before?.merchant === merchant;
    if (same && before.done) return;
    const nowMs = same && Date.now() - before.nowMs < resumableMs ? before.nowMs : Date.now();
    writePrivate(this.#layout.demo, { merchant, nowMs, done: false });
    say("Making a week of sample traffic, and settling it …");
    try {
      await seedDemo({ api, keys, nowMs, stripe });
      writePrivate(this.#layout.demo, { merchant, nowMs, done: true });
    } catch (error) {
      // Without samples there is still a product to use.
      say(`The sample traffic is not complete: ${error instanceof Error ? error.message : String(error)}`);
      say("The next start tries again; --no-demo does without.");
    }
  }
}

const Seeding = v.object({ merchant: v.string(), nowMs: v.number(), done: v.boolean() });

async function readSeeding(file: string): Promise<v.InferOutput<typeof Seeding> | undefined> {
  const text = await readFile(file, "utf8").catch(() => undefined);
  return text === undefined ? undefined : v.parse(Seeding, JSON.parse(text));
}

/** The API takes events from 35 days back: a week that was begun longer ago than this is begun anew. */
const resumableMs = 27 * 24 * 3_600_000;
