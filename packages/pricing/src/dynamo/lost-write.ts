// Two transactions that meet cancel each other without either condition failing; the caller reads again all the same.
const lostToOthers = new Set(["ConditionalCheckFailed", "TransactionConflict"]);

/** What a transaction answered of each item. */
export type Outcome = readonly ({ readonly rejected: boolean; readonly code?: string | undefined } | null)[];

/** What a transaction that was cancelled means: another writer was first. Errors: throws where it was for another reason. */
export function taken(outcome: Outcome): "taken" {
  const codes = outcome.flatMap((item) => (item?.rejected && item.code !== undefined ? [item.code] : []));
  if (codes.length > 0 && codes.every((code) => lostToOthers.has(code) || code === "None")) return "taken";
  const error = new Error(`the store cancelled a transaction: ${codes.join(", ")}`);
  error.name = "TransactionCanceledException";
  throw error;
}
