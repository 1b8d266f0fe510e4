import type { EventTail, SeenEvent } from "@farthing/sdk";

/** What a live list shows, newest first, and what it holds back while it is paused. */
export interface Shown {
  readonly events: readonly SeenEvent[];
  readonly held: readonly SeenEvent[];
  readonly oneIn: number;
}

/** A list before anything arrived. */
export const noEvents: Shown = { events: [], held: [], oneIn: 1 };

/** How many rows a live list keeps. */
const mostKept = 1_000;

/** Adds what arrived, each event once; while the list is held it only waits. */
export function addArrived(
  before: Shown,
  { items, oneIn }: Pick<EventTail, "items" | "oneIn">,
  paused: boolean,
): Shown {
  const known = new Set([...before.events, ...before.held].map(({ key }) => key));
  const fresh = items.filter(({ key }) => !known.has(key)).toReversed();
  const held = [...fresh, ...before.held].slice(0, mostKept);
  if (paused) return { events: before.events, held, oneIn };
  return { events: [...held, ...before.events].slice(0, mostKept), held: [], oneIn };
}
