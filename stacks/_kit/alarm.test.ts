import { Template } from "aws-cdk-lib/assertions";
import { Metric } from "aws-cdk-lib/aws-cloudwatch";
import { App, Stack } from "aws-cdk-lib/core";
import { afterEach, beforeAll, expect, test, vi } from "vitest";
import { alarm } from "./alarm.ts";
import { scratchFolders } from "./scratch-folders.ts";

const scratch = scratchFolders();
let outdir: string;
beforeAll(async () => {
  outdir = await scratch();
});

afterEach(() => {
  vi.unstubAllEnvs();
});

function made(): Template {
  const stack = new Stack(new App({ outdir }), "Test");
  alarm(stack, "Alarm", {
    why: "Something broke.",
    metric: new Metric({ namespace: "N", metricName: "M" }),
    atLeast: 3,
  });
  return Template.fromStack(stack);
}

test("notifies the topic that the deployment names", () => {
  vi.stubEnv("FARTHING_ALARM_TOPIC", "arn:aws:sns:eu-central-1:123456789012:alarms");
  made().hasResourceProperties("AWS::CloudWatch::Alarm", {
    AlarmDescription: "Something broke.",
    Threshold: 3,
    EvaluationPeriods: 1,
    AlarmActions: ["arn:aws:sns:eu-central-1:123456789012:alarms"],
  });
});

test.for([undefined, ""])("notifies nobody where the topic is %j", (topic) => {
  vi.stubEnv("FARTHING_ALARM_TOPIC", topic);
  const [alarmed] = Object.values(made().findResources("AWS::CloudWatch::Alarm"));
  expect(alarmed?.Properties).not.toHaveProperty("AlarmActions");
});
