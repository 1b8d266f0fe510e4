import { SendMessageCommand, type SQSClient } from "@aws-sdk/client-sqs";
import { idPattern, type MerchantId, merchantId } from "@farthing/money";
import * as v from "valibot";
import { isWebhookId } from "../webhook-endpoint.ts";
import { isWebhookMessageId } from "../webhook-message.ts";
import type { DeliveryQueue } from "../webhook-ports.ts";

/** A message of the queue of deliveries: make the attempt that is due. */
export const DeliveryMessage = v.strictObject({
  v: v.literal(1),
  merchant: v.pipe(
    v.string(),
    v.regex(idPattern),
    v.transform((text): MerchantId => merchantId(text)),
  ),
  endpoint: v.pipe(v.string(), v.guard(isWebhookId)),
  message: v.pipe(v.string(), v.guard(isWebhookMessageId)),
  createdAt: v.pipe(v.number(), v.integer(), v.minValue(0)),
});
/** A message of the queue of deliveries: make the attempt that is due. */
export type DeliveryMessage = v.InferOutput<typeof DeliveryMessage>;

/** What the queue is made of. */
interface DeliveryQueueParts {
  readonly client: SQSClient;
  readonly queueUrl: string;
}

/** The queue of deliveries over SQS. A message may arrive twice: an attempt is made by who claims it. */
export function sqsDeliveryQueue({ client, queueUrl }: DeliveryQueueParts): DeliveryQueue {
  return {
    async askToDeliver({ merchant, endpoint, message, createdAt }, delaySeconds = 0) {
      const MessageBody = JSON.stringify({ v: 1, merchant, endpoint, message, createdAt });
      await client.send(new SendMessageCommand({ QueueUrl: queueUrl, MessageBody, DelaySeconds: delaySeconds }));
    },
  };
}
