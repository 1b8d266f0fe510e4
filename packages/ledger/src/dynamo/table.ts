import type { DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";

/** A table, and the document client that reaches it: one for all stores, since a second would change the options of the first. */
export interface DynamoTable {
  readonly client: DynamoDBDocumentClient;
  readonly table: string;
}

/** How entities write: failures keep the names that DynamoDB gives them. */
export const plainly = { originalErr: true } as const;

/** How entities read one item, or one page on purpose. */
export const strongly = { consistent: true, originalErr: true } as const;

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
