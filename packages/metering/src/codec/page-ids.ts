import type { ByteWriter } from "./byte-writer.ts";
import { GrowingWords } from "./growing.ts";
import { textForm } from "./id-form.ts";
import type { Ids } from "./ids.ts";
import { writeWords } from "./uint-column.ts";
import { writeTableTexts } from "./write-texts.ts";

const forms = new GrowingWords(1024);
const words = new GrowingWords(1024);
const texts = new GrowingWords();

/** How many bytes the ids of the rows that a list names from `start` up to `end` take as words, and how many as text. */
export function idBytes(ids: Ids, rows: Uint32Array, start: number, end: number): readonly [hex: number, text: number] {
  if (ids.sole > textForm) return [16 * (end - start), 0];
  let [hex, text] = [0, 0];
  for (let i = start; i < end; i++) {
    const row = rows[i] ?? 0;
    const slot = ids.slot(row);
    if (ids.form(row) === textForm) text += ids.texts.end(slot) - ids.texts.start(slot);
    else hex += 16;
  }
  return [hex, text];
}

/** Writes the ids of chosen rows: forms and texts among the columns, words into the part that is not compressed. */
export function writeIds(ids: Ids, rows: Uint32Array, writer: ByteWriter, raw: ByteWriter): void {
  forms.length = 0;
  texts.length = 0;
  const hex = new Uint32Array(rows.length);
  let count = 0;
  for (const row of rows) {
    const form = ids.form(row);
    forms.push(form);
    if (form === textForm) texts.push(ids.slot(row));
    else hex[count++] = 4 * ids.slot(row);
  }
  writeWords(writer, forms.view());
  writeTableTexts(writer, ids.texts, texts.view());
  words.length = 0;
  words.claim(count);
  for (let k = 0; k < 4; k++) {
    const target = words.values;
    for (let i = 0; i < count; i++) target[i] = ids.words[(hex[i] ?? 0) + k] ?? 0;
    writeWords(raw, words.view());
  }
}
