import type { CustomerRef } from "@farthing/metering";
import { type Decimal, noMoney, type Picos, zero } from "@farthing/money";
import type { LineKey, Seal, SealedLine, Seals } from "./seal.ts";
import type { LineAllocation } from "./seal-terms.ts";

/** What a line's key was charged so far. */
export interface Charged {
  readonly quantity: Decimal;
  readonly exact: Picos;
}

/** More than the clocks of two functions are apart: what was made after an instant may say that it was made so much before. */
const clocksApartMs = 5_000;

const nothing: Charged = { quantity: zero, exact: noMoney };

/** A customer's seals before one that is being made, read backwards as far as a question needs. */
export class SealChain {
  readonly #seals: Seals;
  readonly #customer: CustomerRef;
  /** Newest first. */
  readonly #loaded: Seal[] = [];
  /** The newest line of each key. */
  readonly #lines = new Map<string, SealedLine>();
  /** The newest allocation of each key. */
  readonly #allocations = new Map<string, LineAllocation>();

  constructor(seals: Seals, customer: CustomerRef, latest: Seal | undefined) {
    this.#seals = seals;
    this.#customer = customer;
    if (latest !== undefined) this.#take(latest);
  }

  /** The newest seal. */
  get latest(): Seal | undefined {
    return this.#loaded[0];
  }

  /**
   * Reads back until no older seal can have billed a fact at or after `time`, nor judged an entry from `entry` on; answers
   * all that was read so far, oldest first.
   */
  async since({ time, entry }: { readonly time: number; readonly entry: number }): Promise<readonly Seal[]> {
    for (let oldest = this.#loaded.at(-1); oldest !== undefined; oldest = await this.#older(oldest)) {
      if (oldest.frontier.cut <= time && oldest.frontier.entry < entry) break;
    }
    return this.#loaded.toReversed();
  }

  /** The seal that a settlement made, if it is no older than `notBefore`. Units: milliseconds. */
  async bySettlement(settlement: string, notBefore: number): Promise<Seal | undefined> {
    let seal = this.latest;
    while (seal !== undefined && seal.sealedAt >= notBefore - clocksApartMs) {
      if (seal.settlement === settlement) return seal;
      seal = await this.#older(seal);
    }
    return undefined;
  }

  /** What a line's key was charged through the newest seal; the seals since its period's start must have been read. */
  charged(key: LineKey): Charged {
    const line = this.#lines.get(lineKeyText(key));
    return line === undefined ? nothing : { quantity: line.chargedQuantity ?? zero, exact: line.chargedExact };
  }

  /** What was taken off a line through the newest seal, by its key as text. */
  allocation(line: string): LineAllocation | undefined {
    return this.#allocations.get(line);
  }

  /** The newest line of each key, of all seals that were read. */
  get lines(): readonly SealedLine[] {
    return [...this.#lines.values()];
  }

  /** The newest lines that a subscription, or direct charges, were billed under for a period. */
  linesOf(subscription: string | null, periodFrom: number): readonly SealedLine[] {
    return this.lines.filter(({ key }) => key.subscription === subscription && key.periodFrom === periodFrom);
  }

  async #older({ number }: Seal): Promise<Seal | undefined> {
    const known = this.#loaded.find((seal) => seal.number === number - 1);
    if (known !== undefined || number === 1) return known;
    const seal = await this.#seals.seal(this.#customer, number - 1);
    if (seal === undefined) throw new Error("a chain of seals has a gap");
    this.#take(seal);
    return seal;
  }

  #take(seal: Seal): void {
    this.#loaded.push(seal);
    for (const line of seal.invoices.flatMap(({ lines }) => lines)) {
      const text = lineKeyText(line.key);
      if (!this.#lines.has(text)) this.#lines.set(text, line);
    }
    for (const allocation of seal.terms?.allocations ?? [])
      if (!this.#allocations.has(allocation.line)) this.#allocations.set(allocation.line, allocation);
  }
}

/** A line's key as text. */
export function lineKeyText({ subscription, price, periodFrom, periodTo, meterRevision, currency }: LineKey): string {
  return JSON.stringify([subscription, price, periodFrom, periodTo, meterRevision, currency]);
}
