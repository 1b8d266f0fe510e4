import { isIdBytes } from "@farthing/money";
import { ByteReader } from "./byte-reader.ts";
import { type DataColumns, readData } from "./data-columns.ts";
import type { Content } from "./frame.ts";
import { readIds } from "./id-column.ts";
import type { Ids } from "./ids.ts";
import { hard } from "./limits.ts";
import { readTextColumn, type TextColumn } from "./text-column.ts";
import { readTimes } from "./time-column.ts";
import { readIndexes } from "./uint-column.ts";

/** The columns that bundles and pages share. */
export interface Rows {
  readonly count: number;
  readonly ids: Ids;
  readonly customers: TextColumn;
  readonly types: TextColumn;
  readonly sources: TextColumn;
  readonly times: Float64Array;
  readonly serverTimes: Uint32Array;
  readonly data: DataColumns;
}

/** Rows, and the readers that stand behind them. */
export interface ReadRows {
  readonly rows: Rows;
  readonly columns: ByteReader;
  readonly raw: ByteReader;
}

/** Reads the columns of content of the given kind; undefined where they are not what a builder writes. */
export function readRows(content: Content, kind: number): ReadRows | undefined {
  const columns = new ByteReader(content.columns);
  const raw = new ByteReader(content.raw);
  const budget = { left: hard.text };
  if (columns.byte() !== kind) columns.fail();
  const count = columns.count(hard.rows);
  const ids = readIds(columns, raw, count, budget);
  const customers = readTextColumn(columns, count, budget);
  const types = readTextColumn(columns, count, budget);
  const sources = readTextColumn(columns, count, budget);
  const times = readTimes(columns, count);
  const serverTimes = readIndexes(columns, count, 2);
  const data = readData(columns, count, budget);
  if (!columns.failed && !areIds(customers)) columns.fail();
  if (columns.failed || raw.failed) return undefined;
  return { rows: { count, ids, customers, types, sources, times, serverTimes, data }, columns, raw };
}

function areIds({ table }: TextColumn): boolean {
  for (let i = 0; i < table.count; i++) if (!isIdBytes(table.bytes, table.start(i), table.end(i))) return false;
  return true;
}
