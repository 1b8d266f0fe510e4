import type { Stores } from "../protocol/stores.ts";
import { mortalPort } from "../support/mortal-port.ts";
import type { Kill } from "./story.ts";

/** When the processes of a scene are killed, each kill counted from the one before. */
export class Fate {
  readonly #kills: Kill[];
  #calls = 0;

  constructor(kills: readonly Kill[]) {
    this.#kills = [...kills];
  }

  /** How the call that is made now ends: killed before or after it acted, or not at all. */
  next(): Kill | undefined {
    this.#calls += 1;
    if (this.#kills[0]?.call !== this.#calls) return undefined;
    this.#calls = 0;
    return this.#kills.shift();
  }
}

/** The stores as one process sees them that a fate may kill: from then on no call of it reaches them. */
export function mortalStores(stores: Stores, fate: Fate): Stores {
  const life = { over: false, next: () => fate.next() };
  const entries = Object.entries(stores).map(([name, port]) => [name, mortalPort(port, life)] as const);
  return Object.fromEntries(entries) as unknown as Stores;
}
