import type { Hour } from "./hour.ts";
import type { CustomerRef, Statement, StatementLog } from "./statement.ts";

/** As many entries as one job remembers; past them it forgets all and reads again. */
const mostRemembered = 50_000;

/**
 * A log for one roll over several hours: logs that were empty when they were first looked at are remembered with what this
 * roll appended to them, and not read again. Another roll's entry shows when an append finds its number taken.
 */
export class RememberedLog implements StatementLog {
  readonly #log: StatementLog;
  readonly #known = new Map<string, Statement[]>();
  #size = 0;

  constructor(log: StatementLog) {
    this.#log = log;
  }

  async append(customer: CustomerRef, statement: Statement): Promise<"appended" | "taken"> {
    const outcome = await this.#log.append(customer, statement);
    if (outcome === "taken") this.#known.delete(keyOf(customer));
    else this.#remember(customer, statement);
    return outcome;
  }

  async lastNumber(customer: CustomerRef): Promise<number> {
    const known = this.#known.get(keyOf(customer));
    if (known !== undefined) return known.length;
    const last = await this.#log.lastNumber(customer);
    if (last === 0) this.#known.set(keyOf(customer), []);
    return last;
  }

  async entriesFrom(customer: CustomerRef, number: number): Promise<readonly Statement[]> {
    const known = this.#known.get(keyOf(customer));
    return known?.filter((entry) => entry.number >= number) ?? (await this.#log.entriesFrom(customer, number));
  }

  async entriesOfHours(customer: CustomerRef, from: Hour, to: Hour): Promise<readonly Statement[]> {
    const known = this.#known.get(keyOf(customer));
    if (known === undefined) return await this.#log.entriesOfHours(customer, from, to);
    const within = known.filter(({ hour }) => hour >= from && hour < to);
    return within.sort((a, b) => a.hour - b.hour || a.number - b.number);
  }

  async entriesWithVoids(customer: CustomerRef): Promise<readonly Statement[]> {
    const known = this.#known.get(keyOf(customer));
    return known?.filter(({ counts }) => counts.voids > 0) ?? (await this.#log.entriesWithVoids(customer));
  }

  putChunk(customer: CustomerRef, key: string, index: number, blob: Uint8Array): Promise<void> {
    return this.#log.putChunk(customer, key, index, blob);
  }

  chunk(customer: CustomerRef, key: string, index: number): Promise<Uint8Array> {
    return this.#log.chunk(customer, key, index);
  }

  #remember(customer: CustomerRef, statement: Statement): void {
    const known = this.#known.get(keyOf(customer));
    if (known === undefined) return;
    known.push(statement);
    this.#size += 1;
    if (this.#size <= mostRemembered) return;
    this.#known.clear();
    this.#size = 0;
  }
}

function keyOf({ merchant, customer }: CustomerRef): string {
  return `${merchant}#${customer}`;
}
