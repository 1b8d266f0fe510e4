import { SendMessageCommand, type SQSClient } from "@aws-sdk/client-sqs";
import { idPattern, type MerchantId, merchantId } from "@farthing/money";
import * as v from "valibot";
import type { CollectionQueue } from "../collection.ts";

const ask = {
  v: v.literal(1),
  merchant: v.pipe(
    v.string(),
    v.regex(idPattern),
    v.transform((text): MerchantId => merchantId(text)),
  ),
};
const Text = v.pipe(v.string(), v.nonEmpty(), v.maxLength(512));

/** A message of the queue of collection work. */
export const CollectionMessage = v.variant("ask", [
  v.strictObject({ ...ask, ask: v.literal("open"), settlement: Text, after: v.optional(Text) }),
  v.strictObject({ ...ask, ask: v.literal("collect"), invoices: v.pipe(v.array(Text), v.maxLength(100)) }),
  v.strictObject({ ...ask, ask: v.literal("push") }),
  v.strictObject({ ...ask, ask: v.literal("reconcile") }),
]);
/** A message of the queue of collection work. */
export type CollectionMessage = v.InferOutput<typeof CollectionMessage>;

/** What the queue is made of. */
interface CollectionQueueParts {
  readonly client: SQSClient;
  readonly queueUrl: string;
}

/** The queue of collection work over SQS. A message may arrive twice: everything that it asks for may be done again. */
export function sqsCollectionQueue({ client, queueUrl }: CollectionQueueParts): CollectionQueue {
  const send = async (message: v.InferInput<typeof CollectionMessage>): Promise<void> => {
    await client.send(new SendMessageCommand({ QueueUrl: queueUrl, MessageBody: JSON.stringify(message) }));
  };
  return {
    askToOpen: (merchant, settlement, after) => send({ v: 1, ask: "open", merchant, settlement, after }),
    askToCollect: (merchant, invoices) => send({ v: 1, ask: "collect", merchant, invoices: [...invoices] }),
    askToPush: (merchant) => send({ v: 1, ask: "push", merchant }),
    askToReconcile: (merchant) => send({ v: 1, ask: "reconcile", merchant }),
  };
}
