import type { Table } from "aws-cdk-lib/aws-dynamodb";
import { PolicyStatement } from "aws-cdk-lib/aws-iam";
import {
  EventSourceMapping,
  FilterCriteria,
  FilterRule,
  type Function as LambdaFunction,
  StartingPosition,
} from "aws-cdk-lib/aws-lambda";
import { SqsDlq } from "aws-cdk-lib/aws-lambda-event-sources";
import type { Queue } from "aws-cdk-lib/aws-sqs";
import { Duration, type Stack } from "aws-cdk-lib/core";
import { alarm } from "./alarm.ts";

interface WakeOptions {
  readonly table: Table;
  /** Only new items under partition keys that begin so wake the function. */
  readonly prefix: string;
  /** Takes what was given up. */
  readonly failures: Queue;
}

/**
 * Wakes a function when items are created under a prefix of keys.
 *
 * Retries and age are bounded, since one poison record otherwise blocks its stream shard for a day: a stream only wakes,
 * and the sweep finds what it missed.
 */
export function wake(stack: Stack, by: LambdaFunction, { table, prefix, failures }: WakeOptions): void {
  const arn = table.tableStreamArn;
  if (arn === undefined) throw new Error(`The table ${table.node.id} has no stream.`);
  by.addToRolePolicy(
    new PolicyStatement({
      actions: ["dynamodb:DescribeStream", "dynamodb:GetRecords", "dynamodb:GetShardIterator", "dynamodb:ListStreams"],
      resources: [arn],
    }),
  );
  const mapping = new EventSourceMapping(stack, `${by.node.id}Stream`, {
    target: by,
    eventSourceArn: arn,
    startingPosition: StartingPosition.TRIM_HORIZON,
    batchSize: 100,
    maxBatchingWindow: Duration.seconds(5),
    bisectBatchOnError: true,
    retryAttempts: 5,
    maxRecordAge: Duration.hours(1),
    reportBatchItemFailures: true,
    onFailure: new SqsDlq(failures),
    filters: [
      FilterCriteria.filter({
        eventName: FilterRule.isEqual("INSERT"),
        dynamodb: { Keys: { pk: { S: FilterRule.beginsWith(prefix) } } },
      }),
    ],
  });
  if (by.role !== undefined) mapping.node.addDependency(by.role);
  alarm(by, "IteratorAge", {
    why: `${by.node.id} is 15 minutes behind the stream. Nothing is lost: the sweep finds what it does not wake.`,
    metric: by.metric("IteratorAge", { statistic: "Maximum", period: Duration.minutes(5) }),
    atLeast: Duration.minutes(15).toMilliseconds(),
  });
}
