import { PolicyStatement } from "aws-cdk-lib/aws-iam";
import { EventSourceMapping, type Function as LambdaFunction } from "aws-cdk-lib/aws-lambda";
import type { Queue } from "aws-cdk-lib/aws-sqs";
import type { Stack } from "aws-cdk-lib/core";

/**
 * Works a queue off, a message at a time, in at most so many copies of the function at once.
 *
 * One message a batch: each is minutes of work, and a batch would make its first wait for its last.
 */
export function consume(stack: Stack, queue: Queue, by: LambdaFunction, { atOnce }: { readonly atOnce: number }): void {
  by.addToRolePolicy(
    new PolicyStatement({
      actions: ["sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:ChangeMessageVisibility", "sqs:GetQueueAttributes"],
      resources: [queue.queueArn],
    }),
  );
  const mapping = new EventSourceMapping(stack, `${by.node.id}Queue`, {
    target: by,
    eventSourceArn: queue.queueArn,
    batchSize: 1,
    maxConcurrency: atOnce,
    reportBatchItemFailures: true,
  });
  // The service checks the role's rights when the mapping is made.
  if (by.role !== undefined) mapping.node.addDependency(by.role);
}
