/** A whole export does not fit into one answer. */
export interface ExportTooLarge {
  readonly code: "export_too_large";
  readonly detail?: string;
}

/** A file that an export makes; `next` is where its next part begins. */
export interface ExportFile {
  readonly name: string;
  readonly mediaType: string;
  readonly content: string | Uint8Array;
  readonly next?: string;
}

/**
 * How much of an export one answer holds: with a third more for base64, and what a file has besides its rows, under the
 * 6 MB that a function may answer.
 */
export const partBytes = 3_500_000;

/** Rows of an export up to its limit, and the first that was left. */
interface Part<Row> {
  readonly rows: readonly Row[];
  readonly left?: Row;
}

/** Takes rows while they fit, at least one. */
export async function takePart<Row>(
  rows: AsyncIterable<Row>,
  { limitBytes, weigh }: { readonly limitBytes: number; readonly weigh: (row: Row) => number },
): Promise<Part<Row>> {
  const taken: Row[] = [];
  let bytes = 0;
  for await (const row of rows) {
    bytes += weigh(row);
    if (bytes > limitBytes && taken.length > 0) return { rows: taken, left: row };
    taken.push(row);
  }
  return { rows: taken };
}
