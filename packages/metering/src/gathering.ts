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

/** The callers under one key. */
interface Line<Item, Written> {
  readonly waiting: Waiting<Item, Written>[];
  /** How many are being written, and in how many writes. */
  underway: number;
  writes: number;
  /** Somebody waits here for others to come along. */
  isGathering: boolean;
}

/** How many writes of a key are under way at most: while one waits for the store, the next is gathered. */
const writesAtOnce = 2;

/**
 * Lets callers in one process share writes: what arrives under a key while its writes are under way is written together
 * once one ends. A caller is answered after the write that holds its own item, never before.
 *
 * Errors: where a shared write fails each item is written again alone, so that a caller meets no failure but its own.
 */
export class Gathering<Item, Written> {
  readonly #write: WriteTogether<Item, Written>;
  readonly #most: number;
  readonly #moment: () => Promise<void>;
  /** How many lately were here at once. */
  #usual = 1;
  /** Who is here, by key; a key is there for as long as somebody is. */
  readonly #lines = new Map<string, Line<Item, Written>>();

  constructor(write: WriteTogether<Item, Written>, most: number, moment: () => Promise<void> = () => pause(1)) {
    this.#write = write;
    this.#most = most;
    this.#moment = moment;
  }

  /** Writes an item, perhaps together with others under its key. */
  put(key: string, item: Item): Promise<Written> {
    return new Promise((done, failed) => {
      const line = this.#lines.get(key) ?? { waiting: [], underway: 0, writes: 0, isGathering: false };
      this.#lines.set(key, line);
      line.waiting.push({ item, done, failed });
      void this.#gather(key, line);
    });
  }

  async #gather(key: string, line: Line<Item, Written>): Promise<void> {
    if (line.isGathering || line.writes === writesAtOnce || line.waiting.length === 0) return;
    line.isGathering = true;
    // Whoever arrives in the same turn of the event loop comes along.
    await nextTurn();
    await this.#wait(line);
    line.isGathering = false;
    const together = line.waiting.splice(0, this.#most);
    line.underway += together.length;
    line.writes++;
    this.#usual = Math.max(line.underway + line.waiting.length, this.#usual - 1);
    void this.#gather(key, line);
    await this.#writeAll(key, together);
    line.underway -= together.length;
    line.writes--;
    if (line.underway + line.waiting.length === 0) this.#lines.delete(key);
    else void this.#gather(key, line);
  }

  /** Waits a moment for an even share of those who lately were here; where one comes at a time, nobody waits. */
  async #wait({ waiting }: Line<Item, Written>): Promise<void> {
    const share = Math.ceil(this.#usual / writesAtOnce);
    for (let moment = 0; moment < patience && waiting.length < share; moment++) await this.#moment();
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
