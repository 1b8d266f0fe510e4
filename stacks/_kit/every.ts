import { Rule, Schedule } from "aws-cdk-lib/aws-events";
import { LambdaFunction as Target } from "aws-cdk-lib/aws-events-targets";
import type { Function as LambdaFunction } from "aws-cdk-lib/aws-lambda";
import type { Stack } from "aws-cdk-lib/core";

/**
 * Runs a function on a schedule, given as EventBridge writes it (UTC).
 *
 * A run may come twice, late or not at all: the jobs are keyed by what and when, and the next run does what was missed.
 */
export function every(stack: Stack, schedule: string, run: LambdaFunction): void {
  new Rule(stack, `${run.node.id}Schedule`, {
    schedule: Schedule.expression(schedule),
    targets: [new Target(run)],
  });
}
