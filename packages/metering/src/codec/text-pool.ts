import { ByteWriter } from "./byte-writer.ts";
import { GrowingWords } from "./growing.ts";
import { TextTable } from "./text-table.ts";

/** Texts of many tables, each kept once; texts are told apart by their bytes, and none becomes a string. */
export class TextPool {
  private readonly writer = new ByteWriter(1024);
  private readonly ends = new GrowingWords();
  private readonly hashes = new GrowingWords();
  /** One more than the index of the text that a slot holds; 0 where it is free. */
  private slots = new Uint32Array(64);

  /** How many texts there are. */
  get count(): number {
    return this.ends.length;
  }

  /** The index of a text, which is new where it is the count from before. */
  add(bytes: Uint8Array, start: number, end: number): number {
    const hash = hashOf(bytes, start, end);
    const mask = this.slots.length - 1;
    let slot = hash & mask;
    for (;;) {
      const index = (this.slots[slot] ?? 0) - 1;
      if (index < 0) break;
      if (this.hashes.values[index] === hash && this.holds(index, bytes, start, end)) return index;
      slot = (slot + 1) & mask;
    }
    this.writer.copy(bytes, start, end);
    this.ends.push(this.writer.length);
    this.hashes.push(hash);
    this.slots[slot] = this.count;
    if (2 * this.count > mask) this.widen();
    return this.count - 1;
  }

  /** The index of each text of a table. */
  addAll(table: TextTable): Uint32Array {
    const indexes = new Uint32Array(table.count);
    for (let i = 0; i < indexes.length; i++) indexes[i] = this.add(table.bytes, table.start(i), table.end(i));
    return indexes;
  }

  /** All texts, by their indexes. */
  table(): TextTable {
    return new TextTable(this.writer.view(), this.ends.view());
  }

  private holds(index: number, bytes: Uint8Array, start: number, end: number): boolean {
    const from = index === 0 ? 0 : (this.ends.values[index - 1] ?? 0);
    if ((this.ends.values[index] ?? 0) - from !== end - start) return false;
    const own = this.writer.bytes;
    for (let i = start, k = from; i < end; i++, k++) if (own[k] !== bytes[i]) return false;
    return true;
  }

  private widen(): void {
    this.slots = new Uint32Array(2 * this.slots.length);
    const mask = this.slots.length - 1;
    for (let index = 0; index < this.count; index++) {
      let slot = (this.hashes.values[index] ?? 0) & mask;
      while (this.slots[slot] !== 0) slot = (slot + 1) & mask;
      this.slots[slot] = index + 1;
    }
  }
}

function hashOf(bytes: Uint8Array, start: number, end: number): number {
  let hash = end - start;
  for (let i = start; i < end; i++) {
    hash = Math.imul(hash ^ (bytes[i] ?? 0), 0x9e3779b1);
    hash ^= hash >>> 15;
  }
  return hash >>> 0;
}
