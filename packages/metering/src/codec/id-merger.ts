import { chosenWords, GrowingWords } from "./growing.ts";
import { textForm } from "./id-form.ts";
import { Ids } from "./ids.ts";
import { TextPool } from "./text-pool.ts";

/** Merges the ids of bundles: four words a row, of which a text has its index in the first. */
export class IdMerger {
  private readonly forms: GrowingWords;
  private readonly words: GrowingWords;
  private readonly texts = new TextPool();

  constructor(capacity: number) {
    this.forms = new GrowingWords(capacity);
    this.words = new GrowingWords(4 * capacity);
  }

  /** Appends the ids of `count` rows. */
  append(ids: Ids, count: number): void {
    const start = this.forms.claim(count);
    const at = this.words.claim(4 * count);
    if (ids.sole > textForm) {
      this.forms.values.fill(ids.sole, start, start + count);
      this.words.values.set(ids.words, at);
      return;
    }
    for (let row = 0; row < count; row++) {
      const form = ids.form(row);
      const slot = ids.slot(row);
      this.forms.values[start + row] = form;
      if (form === textForm) this.words.values[at + 4 * row] = this.text(ids, slot);
      else this.words.values.set(ids.words.subarray(4 * slot, 4 * slot + 4), at + 4 * row);
    }
  }

  private text({ texts }: Ids, slot: number): number {
    return this.texts.add(texts.bytes, texts.start(slot), texts.end(slot));
  }

  /** The ids in the given order of the rows. */
  merged(order: Uint32Array): Ids {
    const forms = chosenWords(this.forms.view(), order);
    const words = new Uint32Array(4 * order.length);
    const from = this.words.values;
    for (let i = 0; i < order.length; i++) {
      const at = 4 * (order[i] ?? 0);
      words[4 * i] = from[at] ?? 0;
      words[4 * i + 1] = from[at + 1] ?? 0;
      words[4 * i + 2] = from[at + 2] ?? 0;
      words[4 * i + 3] = from[at + 3] ?? 0;
    }
    const texts = this.texts.table();
    if (texts.count === 0) return new Ids(forms, words, texts);
    const slots = forms.map((form, row) => (form === textForm ? (words[4 * row] ?? 0) : row));
    return new Ids(forms, words, texts, slots);
  }
}
