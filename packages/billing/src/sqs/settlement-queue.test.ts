import { SQSClient } from "@aws-sdk/client-sqs";
import { customerId, merchantId } from "@farthing/money";
import * as v from "valibot";
import { describe, expect, test } from "vitest";
import { SettlementMessage, sqsSettlementQueue } from "./settlement-queue.ts";

const step = { v: 1, merchant: "acme", settlement: "st_1" };

describe("SettlementMessage", () => {
  test.for([
    { ...step, ask: "advance" },
    { ...step, ask: "roll", shard: 0 },
    { ...step, ask: "settle", chunk: 10_000 },
    { ...step, ask: "write", customer: "ann", seal: 1 },
  ])("takes $ask", (message) => {
    expect(v.parse(SettlementMessage, message)).toEqual(message);
  });

  test.for([
    {},
    { ...step, ask: "roll" },
    { ...step, ask: "roll", shard: -1 },
    { ...step, ask: "roll", shard: 1.5 },
    { ...step, ask: "settle", shard: 1 },
    { ...step, ask: "advance", shard: 1 },
    { ...step, ask: "other" },
    { ...step, ask: "write", customer: "ann", seal: 0 },
    { ...step, ask: "write", customer: "", seal: 1 },
    { ...step, ask: "write", seal: 1 },
    { ...step, ask: "advance", v: 2 },
    { ...step, ask: "advance", merchant: "a#b" },
    { ...step, ask: "advance", settlement: "" },
  ])("refuses %j", (message) => {
    expect(v.safeParse(SettlementMessage, message).success).toBe(false);
  });
});

test("the queue sends what its consumer takes", async () => {
  const sent: { QueueUrl: string; MessageBody: string; DelaySeconds: number }[] = [];
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
  const queue = sqsSettlementQueue({ client, queueUrl: "http://127.0.0.1/1/settlements" });
  const acme = merchantId("acme");
  await queue.askToAdvance(acme, "st_1", 30);
  await queue.askToAdvance(acme, "st_1");
  await queue.askToRoll(acme, "st_1", 3);
  await queue.askToSettle(acme, "st_1", 4);
  await queue.askToWrite({ merchant: acme, customer: customerId("ann") }, "st_1", 2);
  expect(sent.map(({ DelaySeconds }) => DelaySeconds)).toEqual([30, 0, 0, 0, 0]);
  expect(sent.map(({ MessageBody }) => v.parse(SettlementMessage, JSON.parse(MessageBody)))).toEqual([
    { ...step, ask: "advance" },
    { ...step, ask: "advance" },
    { ...step, ask: "roll", shard: 3 },
    { ...step, ask: "settle", chunk: 4 },
    { ...step, ask: "write", customer: "ann", seal: 2 },
  ]);
});
