import type { ByteWriter } from "./byte-writer.ts";
import type { Murmur } from "./hash.ts";
import { swapBytes } from "./hash.ts";
import { textForm, uuidForm, writeHex } from "./id-form.ts";
import type { TextTable } from "./text-table.ts";
import { rangeOf } from "./uint-column.ts";

/** The ids of a bundle as they were read; none becomes a string before it is asked for. */
export class Ids {
  /** Four words for each hex id, by slot. */
  readonly words: Uint32Array;
  /** The form that all ids have, −1 where they differ: most bundles have one, and spare their readers two look-ups. */
  readonly sole: number;
  private readonly forms: Uint32Array;
  /** Where each row's id stands; undefined where that is the row itself. */
  private readonly slots: Uint32Array | undefined;
  /** The ids of form 0, by slot. */
  readonly texts: TextTable;

  /** `slots` are given where ids do not stand in the order of their rows. */
  constructor(forms: Uint32Array, words: Uint32Array, texts: TextTable, slots?: Uint32Array) {
    this.forms = forms;
    this.words = words;
    this.texts = texts;
    const { min, max } = rangeOf(forms);
    this.sole = min === max ? min : -1;
    this.slots =
      slots === undefined ? (this.sole < 0 ? slotsOf(forms) : undefined) : this.sole > textForm ? undefined : slots;
  }

  /** The form of a row's id. */
  form(row: number): number {
    return this.sole < 0 ? (this.forms[row] ?? 0) : this.sole;
  }

  /** Where a row's id stands among those of its kind, hex or text. */
  slot(row: number): number {
    return this.slots === undefined ? row : (this.slots[row] ?? 0);
  }

  /** A row's id. */
  get(row: number): string {
    if (this.form(row) === textForm) return this.texts.get(this.slot(row));
    const end = this.hex(row, spelled, 0);
    return spelled.toString("latin1", 0, end);
  }

  private hex(row: number, bytes: Uint8Array, at: number): number {
    return writeHex(bytes, at, this.words, 4 * this.slot(row), this.form(row));
  }

  /** Whether two rows have the same id. */
  same(row: number, other: Ids, otherRow: number): boolean {
    const form = this.form(row);
    if (form !== other.form(otherRow)) return false;
    if (form === textForm) return this.texts.compare(this.slot(row), other.texts, other.slot(otherRow)) === 0;
    const [a, b] = [4 * this.slot(row), 4 * other.slot(otherRow)];
    const [x, y] = [this.words, other.words];
    return x[a] === y[b] && x[a + 1] === y[b + 1] && x[a + 2] === y[b + 2] && x[a + 3] === y[b + 3];
  }

  /** Orders two rows by the UTF-8 bytes of their ids. */
  compare(row: number, other: Ids, otherRow: number): number {
    const form = this.form(row);
    const otherForm = other.form(otherRow);
    if (form === textForm && otherForm === textForm)
      return this.texts.compare(this.slot(row), other.texts, other.slot(otherRow));
    if (form !== otherForm) return Buffer.compare(Buffer.from(this.get(row)), Buffer.from(other.get(otherRow)));
    const [a, b] = [4 * this.slot(row), 4 * other.slot(otherRow)];
    for (let k = 0; k < 4; k++) {
      const difference = (this.words[a + k] ?? 0) - (other.words[b + k] ?? 0);
      if (difference !== 0) return difference;
    }
    return 0;
  }

  /** Finishes a hash with a row's id: hex ids as their 16 bytes and their form, others as UTF-8. */
  hash(row: number, into: Murmur): void {
    const form = this.form(row);
    const at = this.slot(row);
    if (form === textForm) {
      into.bytes(this.texts.bytes, this.texts.start(at), this.texts.end(at));
      return;
    }
    const words = this.words;
    into.block(
      swapBytes(words[4 * at] ?? 0),
      swapBytes(words[4 * at + 1] ?? 0),
      swapBytes(words[4 * at + 2] ?? 0),
      swapBytes(words[4 * at + 3] ?? 0),
    );
    into.finish(16 | (form << 16));
  }

  /** Writes a row's id as a JSON string. */
  writeJson(row: number, writer: ByteWriter): void {
    const form = this.form(row);
    if (form === textForm) {
      this.texts.writeJson(this.slot(row), writer);
      return;
    }
    const at = writer.claim(form === uuidForm ? 38 : 34);
    const bytes = writer.bytes;
    bytes[at] = quote;
    bytes[this.hex(row, bytes, at + 1)] = quote;
  }
}

/** Where the id of each row stands among those of its kind. */
function slotsOf(forms: Uint32Array): Uint32Array {
  let [hex, text] = [0, 0];
  return forms.map((form) => (form === textForm ? text++ : hex++));
}

const quote = 0x22;
const spelled = Buffer.alloc(40);
