import { setImmediate as nextTurn, setTimeout as pause } from "node:timers/promises";

/** For how many moments, of a millisecond each, a write is put off at most. */
const patience = 4;

interface Waiting<Item, Written> {
  readonly item: Item;
  readonly done: (written: Written) => void;
  readonly failed: (error: unknown) => void;
}

/** Writes what several callers brought at once, and answers what all of them may be told. */
export type WriteTogether<Item, Written> = (key: string, items: readonly Item[]) => Promise<Written>;

/**
 * Lets callers in one process share writes: what arrives under a key while a write of that key is under way is written
 * together once it ends. A caller is answered after the write that holds its own item, never before.
 *
 * Errors: where a shared write fails each item is written again alone, so that a caller meets no failure but its own.
 */
export class Gathering<Item, Written> {
  readonly #write: WriteTogether<Item, Written>;
  readonly #most: number;
  readonly #moment: () => Promise<void>;
  /** How many lately came together. */
  #usual = 1;
  /** What waits, by key; a key is there for as long as it is being written. */
  readonly #waiting = new Map<string, Waiting<Item, Written>[]>();

  constructor(write: WriteTogether<Item, Written>, most: number, moment: () => Promise<void> = () => pause(1)) {
    this.#write = write;
    this.#most = most;
    this.#moment = moment;
  }

  /** Writes an item, perhaps together with others under its key. */
  put(key: string, item: Item): Promise<Written> {
    return new Promise((done, failed) => {
      const caller = { item, done, failed };
      const waiting = this.#waiting.get(key);
      if (waiting !== undefined) waiting.push(caller);
      else void this.#begin(key, caller);
    });
  }

  async #begin(key: string, first: Waiting<Item, Written>): Promise<void> {
    const waiting = [first];
    this.#waiting.set(key, waiting);
    // Whoever arrives in the same turn of the event loop comes along.
    await nextTurn();
    await this.#wait(waiting);
    while (waiting.length > 0) {
      const together = waiting.splice(0, this.#most);
      this.#usual = Math.max(together.length, this.#usual - 1);
      await this.#writeAll(key, together);
    }
    this.#waiting.delete(key);
  }

  /** Waits a moment for as many as lately came together; where one comes at a time, nobody waits. */
  async #wait(waiting: readonly unknown[]): Promise<void> {
    for (let moment = 0; moment < patience && waiting.length < this.#usual; moment++) await this.#moment();
  }

  async #writeAll(key: string, together: readonly Waiting<Item, Written>[]): Promise<void> {
    const items = together.map(({ item }) => item);
    const written = await this.#write(key, items).then(
      (value) => ({ value }),
      (error: unknown) => ({ error }),
    );
    const [only] = together;
    if ("value" in written) for (const { done } of together) done(written.value);
    else if (together.length === 1) only?.failed(written.error);
    else await Promise.all(together.map((caller) => this.#writeAll(key, [caller])));
  }
}
