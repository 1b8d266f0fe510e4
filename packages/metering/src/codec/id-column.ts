import type { ByteReader } from "./byte-reader.ts";
import type { ByteWriter } from "./byte-writer.ts";
import { classify, idWords, textForm } from "./id-form.ts";
import { Ids } from "./ids.ts";
import { readTexts, type TextBudget } from "./text-table.ts";
import { readIndexes, writeNumbers } from "./uint-column.ts";
import { writeTexts } from "./write-texts.ts";

/** Collects the ids of rows: hex ones as four words, which are not compressed, all others as texts. */
export class IdColumnBuilder {
  private readonly forms: number[] = [];
  private readonly words: [number[], number[], number[], number[]] = [[], [], [], []];
  private readonly texts: string[] = [];

  /** How many ids are kept as words. */
  get hexCount(): number {
    return this.words[0].length;
  }

  /** Appends an id; returns how much text that is, in UTF-16 units. */
  add(id: string): number {
    const form = classify(id);
    this.forms.push(form);
    if (form === textForm) {
      this.texts.push(id);
      return id.length;
    }
    this.push(idWords, 0);
    return 0;
  }

  private push(words: Uint32Array, at: number): void {
    this.words[0].push(words[at] ?? 0);
    this.words[1].push(words[at + 1] ?? 0);
    this.words[2].push(words[at + 2] ?? 0);
    this.words[3].push(words[at + 3] ?? 0);
  }

  /** Writes forms and texts among the columns, words into the part that is not compressed. */
  write(writer: ByteWriter, raw: ByteWriter): void {
    writeNumbers(writer, this.forms);
    writeTexts(writer, this.texts);
    for (const words of this.words) writeNumbers(raw, words);
  }
}

/** Reads the ids of `count` rows. */
export function readIds(reader: ByteReader, raw: ByteReader, count: number, budget: TextBudget): Ids {
  const forms = readIndexes(reader, count, 3);
  const texts = readTexts(reader, count, budget);
  let hex = 0;
  for (let row = 0; row < forms.length; row++) if (forms[row] !== textForm) hex++;
  if (forms.length - hex !== texts.count) reader.fail();
  const words = new Uint32Array(4 * hex);
  for (let k = 0; k < 4; k++) {
    const column = readIndexes(raw, hex, 2 ** 32);
    for (let i = 0; i < column.length; i++) words[4 * i + k] = column[i] ?? 0;
  }
  return new Ids(forms, words, texts);
}
