import { SendMessageCommand, type SQSClient } from "@aws-sdk/client-sqs";
import { idPattern, type MerchantId, merchantId } from "@farthing/money";
import * as v from "valibot";
import type { RollQueue } from "../journal.ts";
import { maxShards } from "../shard.ts";

const Merchant = v.pipe(
  v.string(),
  v.regex(idPattern),
  v.transform((text): MerchantId => merchantId(text)),
);

/** A message of the queue of rolls: asks for one shard's roll. */
export const RollMessage = v.strictObject({
  v: v.literal(1),
  merchant: Merchant,
  shard: v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(maxShards - 1)),
  reason: v.picklist(["hours", "marks", "sweep"]),
});
/** A message of the queue of rolls: asks for one shard's roll. */
export type RollMessage = v.InferOutput<typeof RollMessage>;

/** What the queue is made of; claims are kept in a table, since a queue keeps nothing. */
interface RollQueueParts {
  readonly client: SQSClient;
  readonly queueUrl: string;
  readonly claims: Pick<RollQueue, "claimWake">;
}

/** The queue of rolls over SQS. A message may arrive twice: a roll may be run again. */
export function sqsRollQueue({ client, queueUrl, claims }: RollQueueParts): RollQueue {
  return {
    async askForRoll({ merchant, shard }, reason, delaySeconds = 0) {
      const message: v.InferInput<typeof RollMessage> = { v: 1, merchant, shard, reason };
      const MessageBody = JSON.stringify(message);
      await client.send(new SendMessageCommand({ QueueUrl: queueUrl, MessageBody, DelaySeconds: delaySeconds }));
    },
    claimWake: (shard, window, untilMs) => claims.claimWake(shard, window, untilMs),
  };
}
