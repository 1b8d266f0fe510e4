import { err, ok } from "@farthing/money";
import type { DynamoDBRecord, SQSRecord } from "aws-lambda";
import * as v from "valibot";
import { beforeEach, describe, expect, test, vi } from "vitest";
import { lambdaContext } from "./gateway.fixture.ts";
import { invoked } from "./invoked.ts";
import { log } from "./log.ts";
import { queue } from "./queue.ts";
import { schedule } from "./schedule.ts";
import { stream } from "./stream.ts";

const lines: unknown[][] = [];

beforeEach(() => {
  lines.length = 0;
  vi.spyOn(log, "error").mockImplementation((...line) => void lines.push(line));
});

describe("queue", () => {
  const Shard = v.strictObject({ shard: v.number() });
  const record = (messageId: string, body: string): SQSRecord => ({
    messageId,
    body,
    receiptHandle: "",
    attributes: {
      ApproximateReceiveCount: "1",
      SentTimestamp: "0",
      SenderId: "",
      ApproximateFirstReceiveTimestamp: "0",
    },
    messageAttributes: {},
    md5OfBody: "",
    eventSource: "aws:sqs",
    eventSourceARN: "",
    awsRegion: "",
  });

  test("hands out again what failed, threw or did not parse, and nothing else", async () => {
    const seen: number[] = [];
    const work = queue(Shard, async ({ shard }, job) => {
      seen.push(shard);
      expect(job.remainingMs()).toBe(30_000);
      if (shard === 2) return err({ code: "try_again" });
      if (shard === 3) throw new Error("broke");
      return ok(undefined);
    });
    const Records = [
      record("a", '{"shard":1}'),
      record("b", '{"shard":2}'),
      record("c", '{"shard":3}'),
      record("d", '{"shard":"secret"}'),
      record("e", "{secret"),
      record("f", '{"shard":4}'),
    ];
    expect(await work({ Records }, lambdaContext())).toEqual({
      batchItemFailures: ["b", "c", "d", "e"].map((itemIdentifier) => ({ itemIdentifier })),
    });
    expect(seen).toEqual([1, 2, 3, 4]);
    expect(lines).toHaveLength(4);
    expect(JSON.stringify(lines)).not.toContain("secret");
  });

  test("says nothing when all went well", async () => {
    const work = queue(Shard, async () => ok(1));
    expect(await work({ Records: [record("a", '{"shard":1}')] }, lambdaContext())).toEqual({ batchItemFailures: [] });
  });
});

describe("stream", () => {
  const change = (SequenceNumber: string, sk: string): DynamoDBRecord => ({
    eventName: "INSERT",
    dynamodb: { SequenceNumber, Keys: { pk: { S: "m#One#0" }, sk: { S: sk } } },
  });
  const Records = [change("1", "a"), change("2", "b"), { eventName: "INSERT" as const }];

  test("hands the keys on", async () => {
    const seen: unknown[] = [];
    const wake = stream(async (keys) => void seen.push(...keys));
    expect(await wake({ Records }, lambdaContext())).toEqual({ batchItemFailures: [] });
    expect(seen).toEqual([
      { pk: "m#One#0", sk: "a" },
      { pk: "m#One#0", sk: "b" },
    ]);
  });

  test("begins the batch anew where the use case throws", async () => {
    const wake = stream(async () => {
      throw new Error("broke");
    });
    expect(await wake({ Records }, lambdaContext())).toEqual({ batchItemFailures: [{ itemIdentifier: "1" }] });
  });
});

describe("schedule", () => {
  test("tells the moment of the schedule, not of the run", async () => {
    const seen: number[] = [];
    await schedule(async (at) => seen.push(at))({ time: "2026-11-22T12:05:00Z" }, lambdaContext());
    expect(seen).toEqual([Date.UTC(2026, 10, 22, 12, 5)]);
  });

  test("throws on, so that it is tried again", async () => {
    const broken = schedule(async () => {
      throw new Error("broke");
    });
    await expect(broken({ time: "2026-11-22T12:05:00Z" }, lambdaContext())).rejects.toThrow("broke");
    await expect(broken({}, lambdaContext())).rejects.toThrow();
  });
});

describe("invoked", () => {
  const schemas = { payload: v.strictObject({ name: v.string() }), answer: v.object({ name: v.string() }) };

  test("answers with what its schema names", async () => {
    const handler = invoked(schemas, async ({ name }) => ({ name, secret: 1 }));
    expect(await handler({ name: "a" }, lambdaContext())).toEqual({ name: "a" });
  });

  test("fails with the path of what is wrong", async () => {
    const handler = invoked(schemas, () => expect.fail("ran"));
    await expect(handler({ nam: "a" }, lambdaContext())).rejects.toThrow(/name: This is required/);
    await expect(handler(undefined, lambdaContext())).rejects.toThrow();
  });
});
