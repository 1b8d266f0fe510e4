import { crashing, survive } from "@farthing/metering/faults";
import fc from "fast-check";
import { expect } from "vitest";
import type { Books } from "./books.ts";
import { closePeriod } from "./close-period.ts";
import { ends, holds } from "./hold-actions.fixture.ts";
import { hour, merchant } from "./ledger.fixture.ts";
import type { Oracle } from "./oracle.fixture.ts";
import { type Action, posts, runs } from "./posting-actions.fixture.ts";

/** The books that commands run on. */
export interface Real {
  readonly books: Books;
}

/** Where a process dies in it, counted in calls of the store. */
interface Dies {
  readonly call: number;
  readonly when: "before" | "after";
}

/** Runs an action; where its process dies, some other time comes before somebody does it again. */
class ActionCommand implements fc.AsyncCommand<Oracle, Real> {
  readonly #action: Action;
  readonly #dies: Dies | undefined;

  constructor(action: Action, dies: Dies | undefined) {
    [this.#action, this.#dies] = [action, dies];
  }

  check(): boolean {
    return true;
  }

  async run(oracle: Oracle, { books }: Real): Promise<void> {
    const { candidates, expected, run } = this.#action;
    const possible = candidates(oracle);
    const wanted = expected(oracle);
    const plain = { books, clock: { now: () => oracle.now } };
    const { stores } = crashing(plain, this.#dies);
    const outcome = await survive(async () => {
      expect((await run(stores, oracle)).code).toBe(wanted);
    });
    await oracle.sync(books, possible);
    if (wanted !== "ok" || outcome === "crashed") return;
    for (const { cause } of possible) expect(oracle.find(cause)).toBeDefined();
  }

  toString(): string {
    const { call, when } = this.#dies ?? { call: 0, when: "never" };
    return `${this.#action.name}${call === 0 ? "" : `, dies ${when} call ${call}`}`;
  }
}

/** Closes through now or whole hours before, and through an hour to come. */
const closes = fc.constantFrom(-1, 0, 0, 0, 1, 3).map((hoursAgo): Action => {
  const throughIn = ({ now }: Oracle) => now - hoursAgo * hour;
  return {
    name: `close of ${hoursAgo} hours ago`,
    candidates: () => [],
    expected: (oracle) => {
      const through = throughIn(oracle);
      const isKnown = oracle.closes.some((close) => Date.parse(close.through) === through);
      if (through > oracle.now) return "period_open";
      const newest = Math.max(0, ...oracle.closes.map((close) => Date.parse(close.through)));
      return through < newest && !isKnown ? "period_closed" : "ok";
    },
    run: async (stores, oracle) => {
      const closed = await closePeriod(stores, { merchant, through: throughIn(oracle) });
      if (!closed.ok) return closed.error;
      const known = oracle.closes.find(({ through }) => through === closed.value.through);
      if (known === undefined) oracle.closes.push(closed.value);
      else expect(closed.value).toEqual(known);
      return { code: "ok" };
    },
  };
});

/** Time goes on, or the next process has a clock that is two seconds behind. */
class ClockCommand implements fc.AsyncCommand<Oracle, Real> {
  readonly #ms: number;

  constructor(ms: number) {
    this.#ms = ms;
  }

  check(): boolean {
    return true;
  }

  async run(oracle: Oracle): Promise<void> {
    oracle.now += this.#ms;
  }

  toString(): string {
    return `${this.#ms} ms pass`;
  }
}

class CheckCommand implements fc.AsyncCommand<Oracle, Real> {
  readonly #hoursAgo: number;

  constructor(hoursAgo: number) {
    this.#hoursAgo = hoursAgo;
  }

  check(): boolean {
    return true;
  }

  async run(oracle: Oracle, { books }: Real): Promise<void> {
    await oracle.check(books, [oracle.now - this.#hoursAgo * hour]);
  }

  toString(): string {
    return `check, and as of ${this.#hoursAgo} hours ago`;
  }
}

/** Histories of books: actions of every kind, most of whose processes die at some call, and are done again some time. */
export function ledgerCommands(size: { readonly maxCommands: number }) {
  const dies = fc.option(
    fc.record({ call: fc.integer({ min: 1, max: 12 }), when: fc.constantFrom("before", "after") }),
    {
      nil: undefined,
    },
  );
  const action = fc.oneof(
    { arbitrary: posts, weight: 4 },
    { arbitrary: holds, weight: 2 },
    { arbitrary: ends, weight: 2 },
    { arbitrary: runs, weight: 2 },
    { arbitrary: closes, weight: 1 },
  );
  const commands = [
    fc.tuple(action, dies).map(([what, death]) => new ActionCommand(what, death)),
    fc.constantFrom(-2_000, 1_000, hour, 3 * hour).map((ms) => new ClockCommand(ms)),
    fc.nat(5).map((hoursAgo) => new CheckCommand(hoursAgo)),
  ];
  return fc.commands(commands, { ...size, size: "max" });
}
