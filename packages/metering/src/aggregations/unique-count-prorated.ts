import { type Decimal, decimalOf } from "@farthing/money";
import type { Aggregation, Valuing } from "./aggregation.ts";
import { quotient } from "./exact.ts";
import { hashLength, valueHash } from "./value-hash.ts";
import { dayIndex, type WindowDays, windowDays } from "./window-days.ts";

/** When each value was added (bit 1) and taken away (bit 2), by its hash. Units: milliseconds. */
type Presence = Map<string, Map<number, number>>;

const added = 1;
const removed = 2;

/**
 * How many different values are there, each by the share of the window's days on which it was: a value is there from its
 * event on, also in later windows, until an event takes it away; the days of both count, and a day counts once.
 *
 * Of an addition and a removal at one instant the removal is last. Source: docs/metering.md, "Prorated".
 */
export const uniqueCountProrated: Aggregation<Presence> = {
  needs: "text",
  carries: true,
  empty: () => new Map(),
  add: (state, { text, time, removes }) => note(state, valueHash(text), [time, removes ? removed : added]),
  merge: (a, b) => {
    for (const [hash, changes] of b) for (const change of changes) note(a, hash, change);
    return a;
  },
  value: presentValue,
  encode: (state) =>
    [...state]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([hash, changes]) => hash + changesText(changes))
      .join(";"),
  decode: (text) => {
    const entries = text === "" ? [] : text.split(";");
    return new Map(entries.map((entry) => [entry.slice(0, hashLength), changesOf(entry.slice(hashLength))]));
  },
};

function note(state: Presence, hash: string, [time, bits]: readonly [number, number]): Presence {
  const changes = state.get(hash) ?? new Map<number, number>();
  changes.set(time, (changes.get(time) ?? 0) | bits);
  return state.set(hash, changes);
}

function changesText(changes: ReadonlyMap<number, number>): string {
  return inOrder(changes)
    .map(([time, bits]) => `${time}.${bits}`)
    .join();
}

function changesOf(text: string): Map<number, number> {
  return new Map(
    text.split(",").map((change) => {
      const [time = "0", bits = "0"] = change.split(".");
      return [Number(time), Number(bits)];
    }),
  );
}

function inOrder(changes: ReadonlyMap<number, number>): readonly (readonly [number, number])[] {
  return [...changes].sort(([a], [b]) => a - b);
}

function presentValue(state: Presence, { window, before }: Valuing<Presence>): Decimal {
  const days = windowDays(window);
  let total = 0;
  for (const hash of new Set([...state.keys(), ...before.keys()]))
    total += daysPresent(days, state.get(hash) ?? new Map(), isThere(before.get(hash)));
  return quotient(decimalOf(total), days.whole);
}

/** Whether the last change left the value there. */
function isThere(changes: ReadonlyMap<number, number> = new Map()): boolean {
  const last = inOrder(changes).at(-1);
  return last !== undefined && (last[1] & removed) === 0;
}

/** On how many days of a window a value was there. */
function daysPresent(days: WindowDays, changes: ReadonlyMap<number, number>, wasThere: boolean): number {
  let there = wasThere;
  let total = 0;
  /** The first day that is not counted yet. */
  let next = 0;
  for (const [time, bits] of inOrder(changes)) {
    const day = dayIndex(days, time);
    if (there) {
      total += Math.max(0, day + 1 - next);
      next = Math.max(next, day + 1);
    }
    if ((bits & added) !== 0 && day >= next) {
      total += 1;
      next = day + 1;
    }
    there = (bits & removed) === 0;
  }
  return there ? total + Math.max(0, days.starts.length - next) : total;
}
