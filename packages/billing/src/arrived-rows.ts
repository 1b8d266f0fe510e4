import { type ArrivedBundle, decodeAll, type Hour, type OriginBundle } from "@farthing/metering";
import type { OrderedRow } from "./newest-rows.ts";

/** An event of a bundle that arrived, with the hour of its time. */
export interface HourRow extends OrderedRow {
  readonly hour: Hour;
}

/** The events of a bundle. */
export function rowsOf(stored: ArrivedBundle): readonly HourRow[] {
  return decodeAll([stored]).decoded.flatMap((origin) => eventRows(origin, stored.hour));
}

function eventRows({ bundle, digest, receivedAt }: OriginBundle, hour: Hour): readonly HourRow[] {
  const origin = { digest, receivedAt };
  const rows = Array.from({ length: bundle.count }, (_, row) => row).filter((row) => bundle.kind(row) === "event");
  return rows.map((row) => ({ time: bundle.times[row] ?? 0, hour, bundle, row, origin, originRow: row }));
}

/** Rows in the order in which their requests were received. */
export function inReceiptOrder(rows: readonly HourRow[]): readonly HourRow[] {
  return rows.toSorted(
    (a, b) =>
      a.origin.receivedAt - b.origin.receivedAt ||
      (a.origin.digest < b.origin.digest ? -1 : a.origin.digest > b.origin.digest ? 1 : 0) ||
      a.row - b.row,
  );
}
