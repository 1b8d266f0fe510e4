import middy from "@middy/core";
import type { Context, DynamoDBBatchResponse, DynamoDBStreamEvent } from "aws-lambda";
import { count } from "./count.ts";
import { log } from "./log.ts";
import { thrownFacts } from "./thrown.ts";

/** The key of an item that changed: all that the stream tells. */
export interface ChangedKey {
  readonly pk: string;
  readonly sk: string;
}

/** A function behind a table's stream. */
export type StreamHandler = (event: DynamoDBStreamEvent, context: Context) => Promise<DynamoDBBatchResponse>;

/** Hands a batch of changed keys to a use case; where it throws, the whole batch comes again. */
export function stream(useCase: (keys: readonly ChangedKey[]) => Promise<void>): StreamHandler {
  return middy<DynamoDBStreamEvent, DynamoDBBatchResponse>().handler(async ({ Records }) => {
    const keys = Records.flatMap(({ dynamodb }) => {
      const [pk, sk] = [dynamodb?.Keys?.pk?.S, dynamodb?.Keys?.sk?.S];
      return pk === undefined || sk === undefined ? [] : [{ pk, sk }];
    });
    try {
      await useCase(keys);
      return { batchItemFailures: [] };
    } catch (error) {
      log.error("threw", { records: Records.length, ...thrownFacts(error) });
      count("Failed");
      // The lowest number that failed: the stream goes on from there, and bisects by itself.
      const itemIdentifier = Records[0]?.dynamodb?.SequenceNumber ?? "";
      return { batchItemFailures: [{ itemIdentifier }] };
    }
  });
}
