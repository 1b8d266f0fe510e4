import type { Selection } from "./codec/bundle.ts";
import type { Hour } from "./hour.ts";
import type { MeterSet } from "./meter.ts";
import { rollCustomer } from "./roll.ts";
import type { CustomerRef, Statement, StatementLog } from "./statement.ts";
import { MeterReaders } from "./tally-builder.ts";

/**
 * A customer's log as of one moment, on which a roll can be tried: what is appended here shows here, and is stored nowhere.
 */
export class DraftLog implements StatementLog {
  readonly #log: StatementLog;
  readonly #customer: CustomerRef;
  readonly #entries: Statement[];
  readonly #chunks = new Map<string, Uint8Array>();

  private constructor(log: StatementLog, customer: CustomerRef, entries: readonly Statement[]) {
    this.#log = log;
    this.#customer = customer;
    this.#entries = [...entries];
  }

  /** Reads a customer's log, all headers of it; of another draft, with what was appended there. */
  static async of(log: StatementLog, customer: CustomerRef): Promise<DraftLog> {
    return new DraftLog(log, customer, await log.entriesFrom(customer, 1));
  }

  /** Tries the roll of rows of some hours, earlier ones first. */
  async roll(hours: ReadonlyMap<Hour, Selection>, meters: MeterSet): Promise<void> {
    const work = { set: meters, readers: new MeterReaders(meters) };
    const stores = { log: this, register: { noteCustomer: () => Promise.resolve() } };
    for (const [hour, rows] of [...hours].sort(([a], [b]) => a - b))
      await rollCustomer(stores, this.#customer, { hour, meters: work, rows });
  }

  async append(_: CustomerRef, statement: Statement): Promise<"appended" | "taken"> {
    if (statement.number !== this.#entries.length + 1) return "taken";
    this.#entries.push(statement);
    return "appended";
  }

  async lastNumber(): Promise<number> {
    return this.#entries.length;
  }

  async entriesFrom(_: CustomerRef, number: number): Promise<readonly Statement[]> {
    return this.#entries.slice(number - 1);
  }

  async entriesOfHours(_: CustomerRef, from: Hour, to: Hour): Promise<readonly Statement[]> {
    const within = this.#entries.filter(({ hour }) => hour >= from && hour < to);
    return within.sort((a, b) => a.hour - b.hour || a.number - b.number);
  }

  async entriesWithVoids(): Promise<readonly Statement[]> {
    return this.#entries.filter(({ counts }) => counts.voids > 0);
  }

  async putChunk(_: CustomerRef, key: string, index: number, blob: Uint8Array): Promise<void> {
    this.#chunks.set(`${key}#${index}`, blob);
  }

  async chunk(customer: CustomerRef, key: string, index: number): Promise<Uint8Array> {
    return this.#chunks.get(`${key}#${index}`) ?? (await this.#log.chunk(customer, key, index));
  }
}
