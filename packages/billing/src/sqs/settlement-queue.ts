import { SendMessageCommand, type SQSClient } from "@aws-sdk/client-sqs";
import { type CustomerId, customerId, idPattern, type MerchantId, merchantId, parseCustomerId } from "@farthing/money";
import * as v from "valibot";
import type { SettlementQueue } from "../settlement.ts";

const step = {
  v: v.literal(1),
  merchant: v.pipe(
    v.string(),
    v.regex(idPattern),
    v.transform((text): MerchantId => merchantId(text)),
  ),
  settlement: v.pipe(v.string(), v.nonEmpty(), v.maxLength(128)),
};
const Customer = v.pipe(
  v.string(),
  v.check((text) => parseCustomerId(text).ok, "It is no id of a customer."),
  v.transform((text): CustomerId => customerId(text)),
);
const Index = v.pipe(v.number(), v.integer(), v.minValue(0));

/** A message of the queue of settlement steps: look at one and move it on, roll a shard for it, settle a chunk of it, or write down charges. */
export const SettlementMessage = v.variant("ask", [
  v.strictObject({ ...step, ask: v.literal("advance") }),
  v.strictObject({ ...step, ask: v.literal("roll"), shard: Index }),
  v.strictObject({ ...step, ask: v.literal("settle"), chunk: Index }),
  v.strictObject({ ...step, ask: v.literal("write"), customer: Customer, seal: v.pipe(Index, v.minValue(1)) }),
]);
/** A message of the queue of settlement steps: look at one and move it on, roll a shard for it, settle a chunk of it, or write down charges. */
export type SettlementMessage = v.InferOutput<typeof SettlementMessage>;

/** What the queue is made of. */
interface SettlementQueueParts {
  readonly client: SQSClient;
  readonly queueUrl: string;
}

/** The queue of settlement steps over SQS. A message may arrive twice: every step may be taken again. */
export function sqsSettlementQueue({ client, queueUrl }: SettlementQueueParts): SettlementQueue {
  const send = async (message: v.InferInput<typeof SettlementMessage>, delaySeconds = 0): Promise<void> => {
    const MessageBody = JSON.stringify(message);
    await client.send(new SendMessageCommand({ QueueUrl: queueUrl, MessageBody, DelaySeconds: delaySeconds }));
  };
  return {
    askToAdvance: (merchant, settlement, delaySeconds) =>
      send({ v: 1, ask: "advance", merchant, settlement }, delaySeconds),
    askToRoll: (merchant, settlement, shard) => send({ v: 1, ask: "roll", merchant, settlement, shard }),
    askToSettle: (merchant, settlement, chunk) => send({ v: 1, ask: "settle", merchant, settlement, chunk }),
    askToWrite: ({ merchant, customer }, settlement, seal) =>
      send({ v: 1, ask: "write", merchant, settlement, customer, seal }),
  };
}
