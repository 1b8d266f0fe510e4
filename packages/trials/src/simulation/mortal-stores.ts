import type { Stores } from "../protocol/stores.ts";
import type { Kill } from "./story.ts";

/** The process was killed: product code ends by it, as no code of the domain catches anything. */
export class Killed extends Error {}

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
  const life = { over: false };
  const entries = Object.entries(stores).map(([name, port]) => [name, mortalPort(port, fate, life)] as const);
  return Object.fromEntries(entries) as unknown as Stores;
}

function mortalPort<Port extends object>(port: Port, fate: Fate, life: { over: boolean }): Port {
  return new Proxy(port, {
    get(target, method) {
      const found: unknown = Reflect.get(target, method, target);
      if (typeof found !== "function") return found;
      return async (...args: readonly unknown[]) => {
        if (life.over) throw new Killed();
        const kill = fate.next();
        if (kill !== undefined) life.over = true;
        if (kill?.acted !== false) {
          const result: unknown = await Reflect.apply(found, target, args);
          if (kill === undefined) return result;
        }
        throw new Killed();
      };
    },
  });
}
