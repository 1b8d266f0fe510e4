import type { DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";

/** A table, and the document client that reaches it: one for all stores, since a second would change the options of the first. */
export interface DynamoTable {
  readonly client: DynamoDBDocumentClient;
  readonly table: string;
}

/** How entities write, and read an index: failures keep the names that DynamoDB gives them. */
export const plainly = { originalErr: true } as const;

/** How entities read one item, or one page on purpose. */
export const strongly = { consistent: true, originalErr: true } as const;

/** How entities read everything under a key. */
export const stronglyAll = { consistent: true, originalErr: true, pages: "all" } as const;

/** Waits for a conditional write. False where its condition did not hold: another writer, or this one's lost answer, was first. */
export async function took(write: Promise<unknown>): Promise<boolean> {
  try {
    await write;
    return true;
  } catch (error) {
    if (error instanceof Error && error.name === "ConditionalCheckFailedException") return false;
    throw error;
  }
}

/** One page of a list that was read with one item more than asked for, which tells whether there is another page. */
export function pageOf<T>(read: readonly T[], limit: number, place: (item: T) => string): Page<T> {
  const items = read.slice(0, limit);
  const last = items.at(-1);
  return read.length > limit && last !== undefined ? { items, next: place(last) } : { items };
}

interface Page<T> {
  readonly items: readonly T[];
  readonly next?: string;
}

/** How entities read a page of `limit` items, and one more. */
export function upTo(limit: number) {
  return { limit: limit + 1, count: limit + 1 } as const;
}
