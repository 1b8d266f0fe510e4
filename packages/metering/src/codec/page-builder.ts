import type { TracedRows } from "./bundle.ts";
import { contentKinds } from "./bundle-builder.ts";
import { ByteWriter } from "./byte-writer.ts";
import { type Content, digestBytes } from "./frame.ts";
import { GrowingNumbers, GrowingWords } from "./growing.ts";
import { soft } from "./limits.ts";
import { PageData } from "./page-data.ts";
import { idBytes, writeIds } from "./page-ids.ts";
import { PageTexts } from "./page-texts.ts";
import { writeTimes } from "./time-column.ts";
import { writeWords } from "./uint-column.ts";

const columns = new ByteWriter(65_536);
const raw = new ByteWriter(65_536);
const times = new GrowingNumbers(1024);
const words = new GrowingWords(1024);

/** Makes pages of the rows of one set of columns, one after the other, over the same memory. */
export class PageBuilder {
  private readonly from: TracedRows;
  private readonly customers: PageTexts;
  private readonly types: PageTexts;
  private readonly sources: PageTexts;
  private readonly data: PageData;
  private readonly receivedAt: Float64Array;
  private rows: Uint32Array = new Uint32Array(0);
  private start = 0;
  private end = 0;
  private text = 0;
  private hex = 0;

  constructor(from: TracedRows) {
    this.from = from;
    this.customers = new PageTexts(from.columns.customers);
    this.types = new PageTexts(from.columns.types);
    this.sources = new PageTexts(from.columns.sources);
    this.data = new PageData(from.columns.data);
    this.receivedAt = Float64Array.from(from.origins, (origin) => origin.receivedAt);
  }

  /** Begins a page of the rows that a list names from `start` on. */
  begin(rows: Uint32Array, start: number): void {
    this.rows = rows;
    this.start = start;
    this.end = start;
    this.text = 0;
    this.hex = 0;
    for (const part of [this.customers, this.types, this.sources, this.data]) part.begin();
  }

  /** Appends the rows up to `end`. */
  addUpTo(end: number): void {
    const { rows, end: start } = this;
    const [hex, text] = idBytes(this.from.ids, rows, start, end);
    this.hex += hex;
    this.text += text;
    for (const part of [this.customers, this.types, this.sources, this.data]) this.text += part.add(rows, start, end);
    this.end = end;
  }

  /** About how many bytes the page takes when it is framed; for the first guess at where to split. */
  get estimate(): number {
    return this.hex + 6 * (this.end - this.start) + (this.text + this.data.keyText) / 3;
  }

  /** Whether no further row may be added. */
  get full(): boolean {
    return (
      this.end - this.start >= soft.rows ||
      this.data.cells >= soft.cells ||
      this.data.nodes >= soft.nodes ||
      this.text + this.data.keyText >= soft.text
    );
  }

  /** Writes all columns. The answer is a view that the next page overwrites. */
  write(): Content {
    const { from } = this;
    const rows = this.rows.subarray(this.start, this.end);
    columns.reset();
    raw.reset();
    columns.byte(contentKinds.page);
    columns.varint(rows.length);
    writeIds(from.ids, rows, columns, raw);
    this.customers.write(columns);
    this.types.write(columns);
    this.sources.write(columns);
    writeTimes(columns, chosenTimes(from.times, rows));
    writeWords(columns, chosenFrom(from.columns.serverTimes, rows));
    this.data.write(columns);
    writeOrigins(from, this.receivedAt, rows);
    return { columns: columns.view(), raw: raw.view() };
  }
}

function chosenTimes(values: Float64Array, rows: Uint32Array): Float64Array {
  times.length = 0;
  times.claim(rows.length);
  const target = times.values;
  for (let i = 0; i < rows.length; i++) target[i] = values[rows[i] ?? 0] ?? 0;
  return times.view();
}

function chosenFrom(values: Uint32Array, rows: Uint32Array): Uint32Array {
  words.length = 0;
  words.claim(rows.length);
  const target = words.values;
  for (let i = 0; i < rows.length; i++) target[i] = values[rows[i] ?? 0] ?? 0;
  return words.view();
}

/** What a page has beside its rows: the bundles that they came from, in order of first use, and where in them they stood. */
function writeOrigins(from: TracedRows, receivedAt: Float64Array, rows: Uint32Array): void {
  const indexes = chosenFrom(from.originIndex, rows);
  const used = inOrderOfUse(indexes, from.origins.length);
  columns.varint(used.length);
  times.length = 0;
  times.claim(used.length);
  for (let i = 0; i < used.length; i++) times.values[i] = receivedAt[used[i] ?? 0] ?? 0;
  writeTimes(columns, times.view());
  writeWords(columns, indexes);
  writeWords(columns, chosenFrom(from.originRow, rows));
  for (let i = 0; i < used.length; i++) {
    const at = digestBytes * (used[i] ?? 0);
    raw.copy(from.originDigests, at, at + digestBytes);
  }
}

const order = new GrowingWords(1024);
let codes = new Uint32Array(1024);

/** Numbers origins anew in the order of first use; answers which they were. */
function inOrderOfUse(indexes: Uint32Array, origins: number): Uint32Array {
  if (codes.length < origins) codes = new Uint32Array(2 * origins);
  order.length = 0;
  for (let i = 0; i < indexes.length; i++) {
    const origin = indexes[i] ?? 0;
    if (codes[origin] === 0) {
      order.push(origin);
      codes[origin] = order.length;
    }
    indexes[i] = (codes[origin] ?? 0) - 1;
  }
  const used = order.view();
  for (let i = 0; i < used.length; i++) codes[used[i] ?? 0] = 0;
  return used;
}
