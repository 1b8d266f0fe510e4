import { SQSClient } from "@aws-sdk/client-sqs";
import { merchantId } from "@farthing/money";
import * as v from "valibot";
import { describe, expect, test } from "vitest";
import { newDelivery } from "../webhook-delivery.ts";
import { webhookMessage } from "../webhook-message.ts";
import { webhookFixture } from "../webhooks.fixture.ts";
import { DeliveryMessage, sqsDeliveryQueue } from "./delivery-queue.ts";

const merchant = merchantId("acme");
const endpoint = webhookFixture({ merchant });
const message = webhookMessage({ merchant, type: "webhook.test", key: "k", at: 5, data: {} }, [endpoint.id], 7);
const delivery = newDelivery(message, endpoint.id);
const named = { v: 1, merchant: "acme", endpoint: endpoint.id, message: message.id, createdAt: 7 };

describe("DeliveryMessage", () => {
  test.for([
    {},
    { ...named, v: 2 },
    { ...named, merchant: "a#b" },
    { ...named, endpoint: "we_x" },
    { ...named, message: "msg_" },
    { ...named, createdAt: -1 },
    { ...named, createdAt: 1.5 },
    { ...named, more: 1 },
  ])("refuses %j", (sent) => {
    expect(v.safeParse(DeliveryMessage, sent).success).toBe(false);
  });
});

test("the queue sends what its consumer takes", async () => {
  const sent: { MessageBody: string; DelaySeconds: number }[] = [];
  const client = new SQSClient({
    region: "us-east-1",
    endpoint: "http://127.0.0.1",
    md5: false,
    credentials: { accessKeyId: "local", secretAccessKey: "local" },
    requestHandler: {
      handle: async (request: { readonly body: Uint8Array }) => {
        sent.push(JSON.parse(new TextDecoder().decode(request.body)));
        return { response: { statusCode: 200, headers: {}, body: new TextEncoder().encode("{}") } };
      },
    },
  });
  const queue = sqsDeliveryQueue({ client, queueUrl: "http://127.0.0.1/1/deliveries" });
  await queue.askToDeliver(delivery);
  await queue.askToDeliver(delivery, 300);
  expect(sent.map(({ DelaySeconds }) => DelaySeconds)).toEqual([0, 300]);
  for (const { MessageBody } of sent) expect(v.parse(DeliveryMessage, JSON.parse(MessageBody))).toEqual(named);
});
