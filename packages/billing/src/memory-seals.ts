import type { CustomerRef } from "@farthing/metering";
import { frozenCopy } from "@farthing/metering/memory";
import type { Seal, Seals } from "./seal.ts";

/** Chains of seals in memory. */
export function memorySeals(): Seals {
  return new MemorySeals();
}

class MemorySeals implements Seals {
  readonly #chains = new Map<string, Map<number, Seal>>();

  async latestSeal(customer: CustomerRef): Promise<Seal | undefined> {
    return this.#chain(customer).at(-1);
  }

  async seal(customer: CustomerRef, number: number): Promise<Seal | undefined> {
    return this.#chains.get(keyOf(customer))?.get(number);
  }

  async seals(customer: CustomerRef): Promise<readonly Seal[]> {
    return this.#chain(customer);
  }

  async appendSeal(seal: Seal): Promise<"sealed" | "taken"> {
    const key = keyOf(seal.customer);
    const chain = this.#chains.get(key) ?? new Map<number, Seal>();
    if (chain.has(seal.number)) return "taken";
    this.#chains.set(key, chain.set(seal.number, frozenCopy(seal)));
    return "sealed";
  }

  #chain(customer: CustomerRef): readonly Seal[] {
    return [...(this.#chains.get(keyOf(customer))?.values() ?? [])].sort((a, b) => a.number - b.number);
  }
}

function keyOf({ merchant, customer }: CustomerRef): string {
  return `${merchant}#${customer}`;
}
