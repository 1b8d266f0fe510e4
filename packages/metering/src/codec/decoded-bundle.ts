import { type CustomerId, customerId } from "@farthing/money";
import type { EventData, Fact } from "../event.ts";
import type { Bundle, Column, RowHashes } from "./bundle.ts";
import { ByteWriter } from "./byte-writer.ts";
import { CanonicalRows } from "./canonical-event.ts";
import { columnOf } from "./column.ts";
import type { DataColumns } from "./data-columns.ts";
import { Murmur } from "./hash.ts";
import { hashIdentities } from "./identity-hash.ts";
import type { Ids } from "./ids.ts";
import type { Rows } from "./read-rows.ts";
import { rangeOf } from "./uint-column.ts";

const written = new ByteWriter(16_384);
const compared = new ByteWriter(16_384);
const murmur = new Murmur();

/** A bundle over the columns that were read. */
export class DecodedBundle implements Bundle {
  readonly count: number;
  readonly events: number;
  readonly voids: number;
  readonly customers: readonly CustomerId[];
  readonly customerIndex: Uint32Array;
  readonly types: readonly string[];
  readonly typeIndex: Uint32Array;
  readonly sources: readonly string[];
  readonly sourceIndex: Uint32Array;
  readonly times: Float64Array;
  readonly ids: Ids;
  readonly dataColumns: DataColumns;
  readonly canonical: CanonicalRows;
  readonly columns: Rows;
  private readonly voidType: number;
  /** Whether the server set the times of all rows, or of none; undefined where they differ. */
  private readonly soleServerTime: boolean | undefined;
  private hashes: RowHashes | undefined;

  constructor(rows: Rows) {
    this.columns = rows;
    this.count = rows.count;
    this.customers = rows.customers.table.all().map(customerId);
    this.customerIndex = rows.customers.indexes;
    this.types = rows.types.table.all();
    this.typeIndex = rows.types.indexes;
    this.sources = rows.sources.table.all();
    this.sourceIndex = rows.sources.indexes;
    this.times = rows.times;
    this.ids = rows.ids;
    this.dataColumns = rows.data;
    this.canonical = new CanonicalRows(this);
    const { min, max } = rangeOf(rows.serverTimes);
    this.soleServerTime = min === max ? min === 1 : undefined;
    this.voidType = this.types.indexOf("");
    this.voids = this.voidType < 0 ? 0 : occurrences(this.typeIndex, this.voidType);
    this.events = this.count - this.voids;
  }

  kind(row: number): "event" | "void" {
    return this.typeIndex[row] === this.voidType ? "void" : "event";
  }

  serverTime(row: number): boolean {
    return this.soleServerTime ?? this.columns.serverTimes[row] === 1;
  }

  id(row: number): string {
    return this.ids.get(row);
  }

  source(row: number): string | undefined {
    return this.sources[this.sourceIndex[row] ?? 0] || undefined;
  }

  data(row: number): EventData {
    return this.dataColumns.shapeAt(row).value(this.dataColumns.ordinal(row));
  }

  fact(row: number): Fact {
    const customer = this.customers[this.customerIndex[row] ?? 0];
    if (customer === undefined) throw new Error("no such row");
    const [id, source, time, serverTime] = [this.id(row), this.source(row), this.times[row] ?? 0, this.serverTime(row)];
    const data = this.data(row);
    if (this.kind(row) === "event") {
      const type = this.types[this.typeIndex[row] ?? 0] ?? "";
      return { kind: "event", id, customer, type, source, time, serverTime, data };
    }
    const { reason } = data;
    return {
      kind: "void",
      id,
      customer,
      source,
      time,
      serverTime,
      reason: typeof reason === "string" ? reason : undefined,
    };
  }

  identityHashes(): RowHashes {
    this.hashes ??= hashIdentities(this.columns);
    return this.hashes;
  }

  sameIdentity(row: number, other: Bundle, otherRow: number): boolean {
    return (
      this.ids.same(row, other.ids, otherRow) &&
      this.customers[this.customerIndex[row] ?? 0] === other.customers[other.customerIndex[otherRow] ?? 0] &&
      this.sources[this.sourceIndex[row] ?? 0] === other.sources[other.sourceIndex[otherRow] ?? 0]
    );
  }

  compareIds(row: number, other: Bundle, otherRow: number): number {
    return this.ids.compare(row, other.ids, otherRow);
  }

  sameContent(row: number, other: Bundle, otherRow: number): boolean {
    const compareTimes = !this.serverTime(row) && !other.serverTime(otherRow);
    if (compareTimes && this.times[row] !== other.times[otherRow]) return false;
    this.canonical.writeContent(row, written.reset());
    other.canonical.writeContent(otherRow, compared.reset());
    return written.view().equals(compared.view());
  }

  contentHash(row: number): number {
    this.canonical.writeContent(row, written.reset());
    murmur.begin(0, 0, 0, 0);
    murmur.bytes(written.bytes, 0, written.length);
    return murmur.h1 >>> 0;
  }

  column(path: readonly string[]): Column {
    return columnOf(this.dataColumns, path);
  }

  canonicalEvent(row: number): Uint8Array {
    this.canonical.write(row, written.reset());
    return written.view();
  }
}

function occurrences(numbers: Uint32Array, wanted: number): number {
  let count = 0;
  for (const number of numbers) if (number === wanted) count++;
  return count;
}
