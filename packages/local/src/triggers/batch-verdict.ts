import type { Outcome } from "../run/messages.ts";

/** What a function said of a batch: all done, all failed, or which items failed. */
export type BatchVerdict =
  | { readonly kind: "done" }
  | { readonly kind: "failed" }
  | { readonly kind: "partly"; readonly failed: ReadonlySet<string> };

const done: BatchVerdict = { kind: "done" };
const failed: BatchVerdict = { kind: "failed" };

function identifiers(items: readonly unknown[]): (string | undefined)[] {
  return items.map((item) => {
    const id: unknown =
      typeof item === "object" && item !== null && "itemIdentifier" in item ? item.itemIdentifier : "";
    return typeof id === "string" && id !== "" ? id : undefined;
  });
}

/**
 * Reads a partial batch response. Nothing in the list means success; an identifier that is empty or not of this batch
 * means that all of it failed.
 *
 * Source: "Reporting batch item failures" in the Lambda developer guide, for queues and for streams.
 */
export function batchVerdict(outcome: Outcome, ids: readonly string[], reportsItemFailures: boolean): BatchVerdict {
  if (!outcome.ok) return failed;
  const { payload } = outcome;
  if (!reportsItemFailures || typeof payload !== "object" || payload === null) return done;
  const items: unknown = "batchItemFailures" in payload ? payload.batchItemFailures : undefined;
  if (items === undefined || items === null) return done;
  if (!Array.isArray(items)) return failed;
  if (items.length === 0) return done;
  const known = new Set(ids);
  const named = new Set<string>();
  for (const id of identifiers(items)) {
    if (id === undefined || !known.has(id)) return failed;
    named.add(id);
  }
  return { kind: "partly", failed: named };
}
