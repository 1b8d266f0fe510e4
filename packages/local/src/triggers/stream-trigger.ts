import type { Lambda } from "../run/lambda.ts";
import type { StoreWatch } from "../stores/store-watch.ts";
import type { StreamTriggerSpec } from "../template/triggers.ts";
import { batchVerdict } from "./batch-verdict.ts";
import type { Checkpoints } from "./checkpoints.ts";
import { passesFilters } from "./filter.ts";
import { pause } from "./pause.ts";
import type { Trigger } from "./queue-trigger.ts";
import { type Batch, type NextStep, nextStep } from "./stream-batch.ts";
import { failureMessage, type GivenUp } from "./stream-failure.ts";
import type { StreamReader } from "./stream-reader.ts";
import type { StreamRecord } from "./stream-record.ts";

/** What a stream trigger works with. */
export interface StreamTriggerOptions {
  readonly reader: StreamReader;
  readonly checkpoints: Checkpoints;
  readonly pollMs: number;
  /** The first wait after a failure; each further one is twice as long, up to half a minute. */
  readonly retryAfterMs: number;
  readonly store: StoreWatch;
  readonly log: (line: string) => void;
  /** Sends a message to the failure queue. */
  readonly report: (message: string) => Promise<void>;
}

/** A stream trigger, which can say whether it has seen everything. */
export interface StreamTrigger extends Trigger {
  caughtUp(): Promise<boolean>;
}

const longestRetryMs = 30_000;

class Runner implements StreamTrigger {
  readonly #spec: StreamTriggerSpec;
  readonly #target: Lambda;
  readonly #options: StreamTriggerOptions;
  readonly #abort = new AbortController();
  readonly #key: string;
  readonly #loop: Promise<void>;
  #working = false;
  #lastComplaint = "";

  constructor(spec: StreamTriggerSpec, target: Lambda, options: StreamTriggerOptions) {
    this.#spec = spec;
    this.#target = target;
    this.#options = options;
    this.#key = `${spec.id} ${spec.streamArn}`;
    this.#loop = this.#run();
  }

  async stop(): Promise<void> {
    this.#abort.abort();
    await this.#loop;
  }

  async caughtUp(): Promise<boolean> {
    if (this.#working) return false;
    const atEnd = await this.#options.reader.atEnd().catch(() => false);
    return atEnd && !this.#working;
  }

  get #stopped(): boolean {
    return this.#abort.signal.aborted;
  }

  async #run(): Promise<void> {
    while (!this.#stopped) {
      const seen = await this.#tick().catch((error: unknown) => this.#complain(error));
      if (seen === 0) await pause(this.#options.pollMs, this.#abort.signal);
    }
  }

  #complain(error: unknown): number {
    const line = `[${this.#target.spec.name}] its stream: ${error instanceof Error ? error.message : String(error)}`;
    // Once, not at every poll while the database is away.
    if (line !== this.#lastComplaint && !this.#stopped) this.#options.log(line);
    this.#lastComplaint = line;
    return 0;
  }

  async #tick(): Promise<number> {
    let seen = 0;
    for (const shard of await this.#options.reader.shards()) {
      const { records, ended } = await this.#options.reader.read(shard);
      this.#working = records.length > 0;
      seen += records.length;
      try {
        await this.#process(shard, records);
        if (ended && !this.#stopped) this.#checkpoint(shard, undefined, true);
      } catch (error) {
        this.#options.reader.rewind(shard);
        throw error;
      } finally {
        this.#working = false;
      }
    }
    return seen;
  }

  #checkpoint(shard: string, after: string | undefined, finished = false): void {
    const position = after ?? this.#options.checkpoints.read(this.#key, shard).after;
    this.#options.checkpoints.write(this.#key, shard, {
      ...(position === undefined ? {} : { after: position }),
      ...(finished ? { finished } : {}),
    });
  }

  async #process(shard: string, records: readonly StreamRecord[]): Promise<void> {
    const wanted = records.filter(({ event }) => passesFilters(this.#spec.patterns, event));
    if (wanted.length > 0 && wanted.length < this.#spec.batchSize)
      await pause(this.#spec.batchWindowMs, this.#abort.signal);
    for (let at = 0; at < wanted.length; at += this.#spec.batchSize) {
      await this.#deliver(shard, wanted.slice(at, at + this.#spec.batchSize));
    }
    const last = records.at(-1);
    if (last !== undefined && !this.#stopped) this.#checkpoint(shard, last.sequence);
  }

  async #deliver(shard: string, records: readonly StreamRecord[]): Promise<void> {
    let work: readonly Batch<StreamRecord>[] = [{ records, retries: 0 }];
    for (let failures = 0, tries = 1; work[0] !== undefined && !this.#stopped; tries++) {
      const [batch, ...later] = work;
      const step = await this.#attempt(shard, batch, tries);
      const last = step.finished.at(-1);
      if (last !== undefined) this.#checkpoint(shard, last.sequence);
      failures = last === undefined && step.backOff ? failures + 1 : 0;
      work = [...step.next, ...later];
      if (step.backOff) {
        const wait = this.#options.retryAfterMs * 2 ** Math.max(0, failures - 1);
        await pause(Math.min(longestRetryMs, wait), this.#abort.signal);
      }
    }
  }

  async #attempt(shard: string, batch: Batch<StreamRecord>, tries: number): Promise<NextStep<StreamRecord>> {
    const { maximumAgeMs } = this.#spec;
    const tooOld = (record: StreamRecord) => maximumAgeMs !== undefined && Date.now() - record.createdMs > maximumAgeMs;
    const expired = batch.records.filter(tooOld);
    if (expired.length > 0) {
      await this.#giveUp(shard, "RecordAgeExceeded", expired, tries);
      const fresh = batch.records.filter((record) => !expired.includes(record));
      const next = fresh.length === 0 ? [] : [{ records: fresh, retries: batch.retries }];
      return { finished: expired, givenUp: expired, next, backOff: false };
    }
    const outcome = await this.#target.invoke({ Records: batch.records.map(({ event }) => event) });
    if (!outcome.ok && (this.#stopped || (await this.#options.store.wasAway()))) {
      return { finished: [], givenUp: [], next: [batch], backOff: true };
    }
    const ids = batch.records.map(({ sequence }) => sequence);
    const verdict = batchVerdict(outcome, ids, this.#spec.reportsItemFailures);
    const step = nextStep(batch, verdict, this.#spec, ({ sequence }) => sequence);
    if (step.givenUp.length > 0) await this.#giveUp(shard, "RetryAttemptsExhausted", step.givenUp, tries);
    return step;
  }

  async #giveUp(
    shard: string,
    condition: GivenUp["condition"],
    records: readonly StreamRecord[],
    invocations: number,
  ): Promise<void> {
    const { arn: functionArn } = this.#target.spec;
    const { streamArn } = this.#spec;
    const message = failureMessage({ condition, functionArn, streamArn, shard, records, invocations }, Date.now());
    // Reported before the checkpoint moves: a crash in between reports twice and loses nothing.
    await this.#options.report(message);
  }
}

/** Wakes a function with the changes of a table, shard by shard and in order, as its event source mapping says. */
export function startStreamTrigger(
  spec: StreamTriggerSpec,
  target: Lambda,
  options: StreamTriggerOptions,
): StreamTrigger {
  return new Runner(spec, target, options);
}
