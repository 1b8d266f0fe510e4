import type { Bundle } from "./codec/bundle.ts";

/** A row of a bundle: what the table finds. */
export interface RowRef {
  readonly bundle: Bundle;
  readonly row: number;
}

/** Rows by identity: an open-addressed table over the rows' 64-bit hashes, that makes no object or text per row. */
export class IdentityTable {
  /** One more than the entry that a slot holds; 0 where it is free. */
  readonly #slots: Uint32Array;
  readonly #mask: number;
  readonly #hash: Uint32Array;
  readonly #owner: Uint32Array;
  readonly #row: Uint32Array;
  readonly #bundles: Bundle[] = [];
  #size = 0;

  /** Makes room for `capacity` rows. */
  constructor(capacity: number) {
    let size = 16;
    while (size < capacity * 2) size *= 2;
    this.#slots = new Uint32Array(size);
    this.#mask = size - 1;
    this.#hash = new Uint32Array(capacity);
    this.#owner = new Uint32Array(capacity);
    this.#row = new Uint32Array(capacity);
  }

  /** Adds a bundle whose rows will be looked up or inserted; returns its number. */
  addBundle(bundle: Bundle): number {
    return this.#bundles.push(bundle) - 1;
  }

  /** Finds the first row of the same identity, or inserts this one and returns undefined. */
  findOrInsert(owner: number, row: number): RowRef | undefined {
    const bundle = this.#bundle(owner);
    const { low, high } = bundle.identityHashes();
    const mine = low[row] ?? 0;
    let slot = (mine ^ Math.imul(high[row] ?? 0, 0x9e3779b1)) & this.#mask;
    for (;;) {
      const entry = (this.#slots[slot] ?? 0) - 1;
      if (entry < 0) break;
      if (this.#hash[entry] === mine) {
        const other = this.#bundle(this.#owner[entry] ?? 0);
        const otherRow = this.#row[entry] ?? 0;
        if (bundle.sameIdentity(row, other, otherRow)) return { bundle: other, row: otherRow };
      }
      slot = (slot + 1) & this.#mask;
    }
    this.#slots[slot] = this.#size + 1;
    this.#hash[this.#size] = mine;
    this.#owner[this.#size] = owner;
    this.#row[this.#size] = row;
    this.#size += 1;
    return undefined;
  }

  #bundle(owner: number): Bundle {
    const bundle = this.#bundles[owner];
    if (bundle === undefined) throw new Error("a row of a bundle that was not added");
    return bundle;
  }
}
