import type { Fact } from "../event.ts";
import { ByteWriter } from "./byte-writer.ts";
import { DataBuilder } from "./data-builder.ts";
import type { Content } from "./frame.ts";
import { IdColumnBuilder } from "./id-column.ts";
import { hard, soft } from "./limits.ts";
import { TextColumnBuilder } from "./text-column.ts";
import { writeTimes } from "./time-column.ts";
import { writeNumbers } from "./uint-column.ts";

const columns = new ByteWriter(65_536);
const raw = new ByteWriter(65_536);

/** What the first byte of the columns says of what follows the rows. */
export const contentKinds = { bundle: 0, page: 1 } as const;

/** Collects rows column by column, and writes them. */
export class BundleBuilder {
  events = 0;
  voids = 0;
  private text = 0;
  private readonly ids = new IdColumnBuilder();
  private readonly customers = new TextColumnBuilder();
  private readonly types = new TextColumnBuilder();
  private readonly sources = new TextColumnBuilder();
  private readonly times: number[] = [];
  private readonly serverTimes: number[] = [];
  private readonly data = new DataBuilder();

  /** How many rows there are. */
  get count(): number {
    return this.times.length;
  }

  /** About how many bytes the rows take when they are framed; for the first guess at where to split. */
  get estimate(): number {
    return 16 * this.ids.hexCount + 4 * this.count + (this.text + this.data.keyText) / 3;
  }

  /** Whether no further row may be added. */
  get full(): boolean {
    return (
      this.count >= soft.rows ||
      this.data.cells >= soft.cells ||
      this.data.nodes >= soft.nodes ||
      this.text + this.data.keyText >= soft.text
    );
  }

  /** Appends a fact. */
  addFact(fact: Fact): void {
    const isVoid = fact.kind === "void";
    if (isVoid) this.voids++;
    else this.events++;
    this.text +=
      this.ids.add(fact.id) +
      this.customers.add(fact.customer) +
      this.types.add(isVoid ? "" : fact.type) +
      this.sources.add(fact.source ?? "");
    this.times.push(fact.time);
    this.serverTimes.push(fact.serverTime ? 1 : 0);
    this.text += this.data.add(isVoid ? voidData(fact.reason) : fact.data);
  }

  /**
   * Writes all columns. The answer is a view that the next call overwrites.
   *
   * Errors: throws past what a reader would take.
   */
  write(): Content {
    if (this.count > hard.rows || this.data.cells > hard.cells || this.data.nodes > hard.nodes)
      throw new Error("too many facts for one bundle");
    columns.reset();
    raw.reset();
    columns.byte(contentKinds.bundle);
    columns.varint(this.count);
    this.ids.write(columns, raw);
    this.customers.write(columns);
    this.types.write(columns);
    this.sources.write(columns);
    writeTimes(columns, this.times);
    writeNumbers(columns, this.serverTimes);
    this.data.write(columns);
    return { columns: columns.view(), raw: raw.view() };
  }
}

function voidData(reason: string | undefined): { readonly reason?: string } {
  return reason === undefined ? {} : { reason };
}
