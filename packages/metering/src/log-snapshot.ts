import type { Hour } from "./hour.ts";
import type { CustomerRef, Statement, StatementLog } from "./statement.ts";

/**
 * A customer's log as of one moment: the entries from a number on are read once, and answered from memory ever after, so that
 * all questions of one job see the same log. What lies before that number is read when it is asked for.
 */
export class LogSnapshot implements StatementLog {
  readonly #log: StatementLog;
  readonly #from: number;
  readonly #entries: readonly Statement[];
  /** The last entry, 0 in an empty log. */
  readonly last: number;

  private constructor(log: StatementLog, from: number, entries: readonly Statement[]) {
    this.#log = log;
    this.#from = from;
    this.#entries = entries;
    this.last = entries.at(-1)?.number ?? from - 1;
  }

  /** Reads the log from an entry on; there is none behind the last one before it. */
  static async of(log: StatementLog, customer: CustomerRef, from: number): Promise<LogSnapshot> {
    return new LogSnapshot(log, from, await log.entriesFrom(customer, from));
  }

  append(customer: CustomerRef, statement: Statement): Promise<"appended" | "taken"> {
    return this.#log.append(customer, statement);
  }

  lastNumber(): Promise<number> {
    return Promise.resolve(this.last);
  }

  async entriesFrom(customer: CustomerRef, number: number): Promise<readonly Statement[]> {
    if (number >= this.#from) return this.#entries.filter((entry) => entry.number >= number);
    return (await this.#log.entriesFrom(customer, number)).filter((entry) => entry.number <= this.last);
  }

  async entriesOfHours(customer: CustomerRef, from: Hour, to: Hour): Promise<readonly Statement[]> {
    if (this.#from > 1) {
      return (await this.#log.entriesOfHours(customer, from, to)).filter(({ number }) => number <= this.last);
    }
    const within = this.#entries.filter(({ hour }) => hour >= from && hour < to);
    return within.sort((a, b) => a.hour - b.hour || a.number - b.number);
  }

  async entriesWithVoids(customer: CustomerRef): Promise<readonly Statement[]> {
    if (this.#from > 1) {
      return (await this.#log.entriesWithVoids(customer)).filter(({ number }) => number <= this.last);
    }
    return this.#entries.filter(({ counts }) => counts.voids > 0);
  }

  putChunk(customer: CustomerRef, key: string, index: number, blob: Uint8Array): Promise<void> {
    return this.#log.putChunk(customer, key, index, blob);
  }

  chunk(customer: CustomerRef, key: string, index: number): Promise<Uint8Array> {
    return this.#log.chunk(customer, key, index);
  }
}
