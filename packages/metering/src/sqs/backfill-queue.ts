import { SendMessageCommand, type SQSClient } from "@aws-sdk/client-sqs";
import { idPattern, type MerchantId, merchantId } from "@farthing/money";
import * as v from "valibot";
import type { BackfillQueue } from "../backfill.ts";
import { maxShards } from "../shard.ts";

const Merchant = v.pipe(
  v.string(),
  v.regex(idPattern),
  v.transform((text): MerchantId => merchantId(text)),
);

/** A message of the queue of closing backfills: asks to begin with one, or to work off a shard of it. */
export const BackfillMessage = v.strictObject({
  v: v.literal(1),
  merchant: Merchant,
  name: v.pipe(v.string(), v.regex(idPattern)),
  shard: v.optional(v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(maxShards - 1))),
});
/** A message of the queue of closing backfills: asks to begin with one, or to work off a shard of it. */
export type BackfillMessage = v.InferOutput<typeof BackfillMessage>;

/** What the queue is made of. */
interface BackfillQueueParts {
  readonly client: SQSClient;
  readonly queueUrl: string;
}

/** The queue of closing backfills over SQS. A message may arrive twice: every step may be taken again. */
export function sqsBackfillQueue({ client, queueUrl }: BackfillQueueParts): BackfillQueue {
  return {
    async askForBackfill({ merchant, name }, shard) {
      const message: v.InferInput<typeof BackfillMessage> = {
        v: 1,
        merchant,
        name,
        ...(shard === undefined ? {} : { shard }),
      };
      await client.send(new SendMessageCommand({ QueueUrl: queueUrl, MessageBody: JSON.stringify(message) }));
    },
  };
}
