interface Outcome {
  readonly canceled: boolean;
  readonly data: readonly ({ readonly rejected: boolean; readonly code?: string | undefined } | null)[];
}

/**
 * Reads what became of a transaction, which ElectroDB also reports as a value when the store cancelled it.
 *
 * Errors: throws where anything but a condition stopped it, under the store's own name for that: it may be tried again.
 */
export function committed({ canceled, data }: Outcome): boolean {
  if (!canceled) return true;
  const codes = data.flatMap((item) => (item?.rejected && item.code !== undefined ? [item.code] : []));
  if (codes.includes("ConditionalCheckFailed")) return false;
  const error = new Error(`the store cancelled a transaction: ${codes.join(", ")}`);
  error.name = "TransactionCanceledException";
  throw error;
}
