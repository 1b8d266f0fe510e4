import { beforeAll, describe, expect, test } from "vitest";
import { type Found, type Templates, templates } from "./_kit/templates.ts";

let local: Templates;
let alarms: readonly Found[];
beforeAll(async () => {
  local = await templates();
  alarms = local.all("AWS::CloudWatch::Alarm");
});

function watching(namespace: string, metric: string, dimension: string): string[] {
  return alarms
    .filter(({ properties }) => properties.Namespace === namespace && properties.MetricName === metric)
    .flatMap(({ properties }) => Object(properties).Dimensions)
    .filter(({ Name }: { Name: string }) => Name === dimension)
    .map(({ Value }: { Value: string }) => Value)
    .sort();
}

const names = (type: string) =>
  local
    .all(type)
    .map(({ id }) => id.slice(0, -8))
    .sort();

describe("alarms", () => {
  test.for(["Errors", "Throttles"])("%s of every function", (metric) => {
    expect(watching("AWS/Lambda", metric, "FunctionName")).toEqual(names("AWS::Lambda::Function"));
  });

  test("what the functions behind queues and the stream put back: Lambda counts no error there", () => {
    expect(watching("Farthing", "Failed", "service")).toEqual([
      "access/deliver",
      "billing/collect",
      "billing/settle",
      "metering/roll-shard",
      "metering/wake-late-roll",
      "metering/work-backfill",
    ]);
  });

  test("events that are not accounted for, from the first", () => {
    expect(watching("Farthing", "Gap", "service")).toEqual(["billing/check-conservation"]);
    const found = alarms.find(({ properties }) => properties.MetricName === "Gap");
    expect(found?.properties).toMatchObject({ Threshold: 1, EvaluationPeriods: 1, Statistic: "Sum" });
  });

  test("webhooks that nobody delivers from the first, and those that fail by the hundred", () => {
    expect(watching("Farthing", "Late", "service")).toEqual(["access/wake-deliveries"]);
    expect(watching("Farthing", "AttemptFailed", "service")).toEqual(["access/deliver"]);
    const found = alarms.find(({ properties }) => properties.MetricName === "AttemptFailed");
    expect(found?.properties).toMatchObject({ Threshold: 500, EvaluationPeriods: 3, Statistic: "Sum" });
  });

  test("the age of the stream's trigger", () => {
    expect(watching("AWS/Lambda", "IteratorAge", "FunctionName")).toEqual(["WakeLateRoll"]);
  });

  test("every dead letter that can be seen, from the first", () => {
    const dead = [
      "BackfillsDeadLetters",
      "CollectionsDeadLetters",
      "DeliveriesDeadLetters",
      "RollsDeadLetters",
      "SettlementsDeadLetters",
      "StreamFailures",
    ];
    expect(watching("AWS/SQS", "ApproximateNumberOfMessagesVisible", "QueueName")).toEqual(
      dead.map((name) => `${name}.QueueName`),
    );
    for (const { properties } of alarms) {
      if (properties.MetricName === "ApproximateNumberOfMessagesVisible") expect(properties.Threshold).toBe(1);
    }
  });

  test("the oldest message of every queue of work", () => {
    expect(watching("AWS/SQS", "ApproximateAgeOfOldestMessage", "QueueName")).toEqual([
      "Backfills.QueueName",
      "Collections.QueueName",
      "Deliveries.QueueName",
      "Rolls.QueueName",
      "Settlements.QueueName",
    ]);
  });

  test.for(["ReadThrottleEvents", "WriteThrottleEvents"])("%s of every table, and of the index", (metric) => {
    const tables = names("AWS::DynamoDB::Table");
    expect(new Set(watching("AWS/DynamoDB", metric, "TableName"))).toEqual(new Set(tables));
    expect(watching("AWS/DynamoDB", metric, "GlobalSecondaryIndexName")).toEqual(["gsi1"]);
  });

  test("system errors of every table", () => {
    const watched = alarms.flatMap(({ properties }) =>
      (Object(properties).Metrics ?? []).flatMap(
        ({ MetricStat }: { MetricStat?: { Metric: Record<string, unknown> } }) =>
          MetricStat?.Metric.MetricName === "SystemErrors" ? Object(MetricStat.Metric).Dimensions : [],
      ),
    );
    const tables = watched.filter(({ Name }) => Name === "TableName").map(({ Value }) => Value);
    expect(new Set(tables)).toEqual(new Set(names("AWS::DynamoDB::Table")));
  });

  test("server errors of the API", () => {
    expect(watching("AWS/ApiGateway", "5xx", "ApiId")).toEqual(["Api"]);
  });

  test("each says what happened, and stays quiet where nothing does", () => {
    for (const { properties } of alarms) {
      expect(String(properties.AlarmDescription).length).toBeGreaterThan(30);
      expect(properties.TreatMissingData).toBe("notBreaching");
      expect(properties.ComparisonOperator).toBe("GreaterThanOrEqualToThreshold");
    }
  });
});
