import { Alarm, ComparisonOperator, type IMetric, TreatMissingData } from "aws-cdk-lib/aws-cloudwatch";
import type { Construct } from "constructs";

interface AlarmOptions {
  /** What has happened when it rings, and what to look at: the text that the person on call reads. */
  readonly why: string;
  readonly metric: IMetric;
  /** Rings at this value and above. */
  readonly atLeast: number;
  /** Periods in a row that must reach it. Default: 1. */
  readonly periods?: number;
}

/**
 * Declares an alarm beside what it watches.
 *
 * It notifies the SNS topic that `FARTHING_ALARM_TOPIC` names at deployment; without one it shows in CloudWatch alone.
 */
export function alarm(scope: Construct, id: string, { why, metric, atLeast, periods = 1 }: AlarmOptions): Alarm {
  const made = new Alarm(scope, id, {
    alarmDescription: why,
    metric,
    threshold: atLeast,
    evaluationPeriods: periods,
    comparisonOperator: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
    // Quiet hours have no data points; silence is not a fault.
    treatMissingData: TreatMissingData.NOT_BREACHING,
  });
  const topic = process.env.FARTHING_ALARM_TOPIC;
  if (topic !== undefined && topic !== "") made.addAlarmAction({ bind: () => ({ alarmActionArn: topic }) });
  return made;
}
