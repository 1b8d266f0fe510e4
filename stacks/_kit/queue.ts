import { Queue, QueueEncryption } from "aws-cdk-lib/aws-sqs";
import { Duration, type Stack } from "aws-cdk-lib/core";
import { alarm } from "./alarm.ts";

/** Deliveries after which a message is set aside for a person. */
const maxReceiveCount = 5;

interface QueueOptions {
  /** What a message asks for, in the words of an alarm: "a roll of one shard". */
  readonly of: string;
  /** How long its function may run. */
  readonly timeout: Duration;
  /** Age at which a waiting message is late. */
  readonly lateAfter: Duration;
}

/**
 * Declares a queue of failures: what lands here was given up, and waits for a person for 14 days.
 *
 * Encrypted with SQS's own keys (SSE-SQS): messages carry ids and hours, never events, and a KMS key would cost a
 * request a message to protect them no better.
 */
export function deadLetters(stack: Stack, id: string, of: string): Queue {
  const queue = new Queue(stack, id, {
    encryption: QueueEncryption.SQS_MANAGED,
    enforceSSL: true,
    retentionPeriod: Duration.days(14),
  });
  alarm(queue, "Visible", {
    why: `Given up: ${of}. Read the message in ${id} and the function's log, repair, then redrive.`,
    metric: queue.metricApproximateNumberOfMessagesVisible({ statistic: "Maximum", period: Duration.minutes(5) }),
    atLeast: 1,
  });
  return queue;
}

/** Declares a queue with its dead letters, an alarm for each, and six time-outs of visibility as AWS advises. */
export function queueWithDeadLetters(stack: Stack, id: string, { of, timeout, lateAfter }: QueueOptions): Queue {
  const queue = new Queue(stack, id, {
    encryption: QueueEncryption.SQS_MANAGED,
    enforceSSL: true,
    retentionPeriod: Duration.days(4),
    visibilityTimeout: Duration.seconds(timeout.toSeconds() * 6),
    deadLetterQueue: { queue: deadLetters(stack, `${id}DeadLetters`, of), maxReceiveCount },
  });
  alarm(queue, "OldestMessage", {
    why: `The oldest ${of} has waited ${lateAfter.toHumanString()}: the function fails, or its concurrency is too low.`,
    metric: queue.metricApproximateAgeOfOldestMessage({ statistic: "Maximum", period: Duration.minutes(5) }),
    atLeast: lateAfter.toSeconds(),
  });
  return queue;
}
