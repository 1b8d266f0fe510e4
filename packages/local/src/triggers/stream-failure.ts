import { randomUUID } from "node:crypto";
import type { StreamRecord } from "./stream-record.ts";

/** Records that a stream trigger gave up, and why. */
export interface GivenUp {
  readonly condition: "RetryAttemptsExhausted" | "RecordAgeExceeded";
  readonly functionArn: string;
  readonly streamArn: string;
  readonly shard: string;
  readonly records: readonly StreamRecord[];
  readonly invocations: number;
}

const iso = (ms: number | undefined): string => new Date(ms ?? 0).toISOString();

/**
 * The message that reaches the failure queue: where the records lie in the stream, not the records themselves.
 *
 * Source: "Using AWS Lambda with DynamoDB", on-failure destination.
 */
export function failureMessage(given: GivenUp, nowMs: number): string {
  const [first, last] = [given.records[0], given.records.at(-1)];
  return JSON.stringify({
    requestContext: {
      requestId: randomUUID(),
      functionArn: given.functionArn,
      condition: given.condition,
      approximateInvokeCount: given.invocations,
    },
    responseContext: { statusCode: 200, executedVersion: "$LATEST", functionError: "Unhandled" },
    version: "1.0",
    timestamp: iso(nowMs),
    DDBStreamBatchInfo: {
      shardId: given.shard,
      startSequenceNumber: first?.sequence,
      endSequenceNumber: last?.sequence,
      approximateArrivalOfFirstRecord: iso(first?.createdMs),
      approximateArrivalOfLastRecord: iso(last?.createdMs),
      batchSize: given.records.length,
      streamArn: given.streamArn,
    },
  });
}
