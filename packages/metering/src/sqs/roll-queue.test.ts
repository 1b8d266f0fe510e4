import { SQSClient } from "@aws-sdk/client-sqs";
import { merchantId } from "@farthing/money";
import * as v from "valibot";
import { describe, expect, test } from "vitest";
import { memoryRollQueue } from "../memory.ts";
import { RollMessage, sqsRollQueue } from "./roll-queue.ts";

const message = { v: 1, merchant: "acme", shard: 63, reason: "marks" };

describe("RollMessage", () => {
  test.for(["hours", "marks", "sweep"])("takes a roll for %s", (reason) => {
    expect(v.parse(RollMessage, { ...message, reason })).toEqual({ ...message, reason });
  });

  test.for([
    {},
    { ...message, v: 2 },
    { ...message, merchant: "a#b" },
    { ...message, merchant: "" },
    { ...message, shard: 64 },
    { ...message, shard: -1 },
    { ...message, shard: "1" },
    { ...message, reason: "other" },
    { ...message, more: 1 },
  ])("refuses %j", (other) => {
    expect(v.safeParse(RollMessage, other).success).toBe(false);
  });
});

test("the queue sends what its consumer takes, and claims where claims are kept", async () => {
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
  const queue = sqsRollQueue({ client, queueUrl: "http://127.0.0.1/1/rolls", claims: memoryRollQueue() });
  const shard = { merchant: merchantId("acme"), shard: 63 };
  await queue.askForRoll(shard, "marks", 600);
  await queue.askForRoll(shard, "hours");
  expect(sent.map(({ DelaySeconds }) => DelaySeconds)).toEqual([600, 0]);
  expect(sent.map(({ MessageBody }) => v.parse(RollMessage, JSON.parse(MessageBody)))).toEqual([
    message,
    { ...message, reason: "hours" },
  ]);
  expect([await queue.claimWake(shard, 1, 2), await queue.claimWake(shard, 1, 2)]).toEqual([true, false]);
});
