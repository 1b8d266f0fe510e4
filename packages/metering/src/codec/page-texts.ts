import type { ByteWriter } from "./byte-writer.ts";
import { GrowingWords } from "./growing.ts";
import type { TextColumn } from "./text-column.ts";
import { writeWords } from "./uint-column.ts";
import { writeTableTexts } from "./write-texts.ts";

/**
 * Writes chosen rows of a column of texts, page after page: what a text's code is in the page being made stands beside the
 * column's own dictionary, so no text is looked at before its page is written.
 */
export class PageTexts {
  private readonly column: TextColumn;
  private readonly codes = new GrowingWords();
  private readonly used = new GrowingWords();
  private readonly codeOf: Uint32Array;
  /** The page in which a text was used last; the codes of other pages are worth nothing. */
  private readonly pageOf: Uint32Array;
  private page = 0;

  constructor(column: TextColumn) {
    this.column = column;
    this.codeOf = new Uint32Array(column.table.count);
    this.pageOf = new Uint32Array(column.table.count);
  }

  /** Begins a page. */
  begin(): void {
    this.page++;
    this.codes.length = 0;
    this.used.length = 0;
  }

  /** Appends the rows that a list names from `start` up to `end`; returns how many bytes of text are new to the page. */
  add(rows: Uint32Array, start: number, end: number): number {
    const { indexes } = this.column;
    const { codeOf, pageOf, page } = this;
    const at = this.codes.claim(end - start) - start;
    const codes = this.codes.values;
    let text = 0;
    for (let i = start; i < end; i++) {
      const index = indexes[rows[i] ?? 0] ?? 0;
      if (pageOf[index] === page) codes[at + i] = codeOf[index] ?? 0;
      else {
        codes[at + i] = 0;
        text += this.use(index);
      }
    }
    return text;
  }

  private use(index: number): number {
    this.used.push(index);
    this.pageOf[index] = this.page;
    this.codeOf[index] = this.used.length;
    const { table } = this.column;
    return table.end(index) - table.start(index);
  }

  /** Writes the page's dictionary and rows. */
  write(writer: ByteWriter): void {
    writeTableTexts(writer, this.column.table, this.used.view());
    writeWords(writer, this.codes.view());
  }
}
