import { Metrics, MetricUnit } from "@aws-lambda-powertools/metrics";

const metrics = new Metrics({ namespace: "Farthing" });

/** Counts something that an alarm or a graph looks at, in CloudWatch's embedded format. No merchant is a dimension. */
export function count(name: string, value = 1): void {
  metrics.addMetric(name, MetricUnit.Count, value);
  metrics.publishStoredMetrics();
}
