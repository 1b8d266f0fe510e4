import { type IMetric, Metric } from "aws-cdk-lib/aws-cloudwatch";

import { Duration } from "aws-cdk-lib/core";

/** Where the functions' own metrics stand in CloudWatch. */
export const metricsNamespace = "Farthing";

/** A count that a function writes into its log, in CloudWatch's embedded format, under its own name. */
export function ownMetric(metricName: string, name: string): IMetric {
  return new Metric({
    namespace: metricsNamespace,
    metricName,
    dimensionsMap: { service: name },
    statistic: "Sum",
    period: Duration.minutes(5),
  });
}
