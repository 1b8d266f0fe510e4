import { AccessLogField, AccessLogFormat } from "aws-cdk-lib/aws-apigateway";
import { HttpApi, HttpStage, type IHttpApi, LogGroupLogDestination } from "aws-cdk-lib/aws-apigatewayv2";
import { LogGroup, RetentionDays } from "aws-cdk-lib/aws-logs";
import { Duration, RemovalPolicy } from "aws-cdk-lib/core";
import type { StackContext } from "sst/constructs";
import { alarm } from "./_kit/alarm.ts";
import { deadLetters, queueWithDeadLetters } from "./_kit/queue.ts";
import { withoutSstHandler } from "./_kit/sst-handler.ts";
import { globalIndex, localIndex, table } from "./_kit/table.ts";

/** How long a function may work on one message: the longest that Lambda allows. */
export const workTimeout = Duration.minutes(15);

/** How long a function may take over one attempt at a webhook, which itself has 15 s: half of the time that it is claimed for. */
export const attemptTimeout = Duration.seconds(30);

/** What every domain builds on: three tables, five queues of work, and one HTTP API to which each domain adds its routes. */
export function Shared({ stack }: StackContext) {
  withoutSstHandler(stack);
  const { stage } = stack;

  const journal = table(stack, "Journal", { stage, stream: "keys" });
  const log = table(stack, "Log", { stage });
  const byHour = localIndex(log, "byHour", "lsi1sk");
  const registry = table(stack, "Registry", { stage, expires: "expiresAt" });
  const gsi1 = globalIndex(registry, "gsi1");

  const work = queues(stack);
  const { rolls, settlements, backfills, collections, deliveries } = work;
  const api = httpApi(stack);
  stack.addOutputs({ ApiUrl: api.apiEndpoint });

  const environment = {
    FARTHING_JOURNAL_TABLE: journal.tableName,
    FARTHING_LOG_TABLE: log.tableName,
    FARTHING_REGISTRY_TABLE: registry.tableName,
    FARTHING_ROLLS_QUEUE: rolls.queueUrl,
    FARTHING_SETTLEMENTS_QUEUE: settlements.queueUrl,
    FARTHING_BACKFILLS_QUEUE: backfills.queueUrl,
    FARTHING_COLLECTIONS_QUEUE: collections.queueUrl,
    FARTHING_DELIVERIES_QUEUE: deliveries.queueUrl,
  };
  return { api, journal, log, byHour, registry, gsi1, ...work, environment };
}

/** The queues of work, each with what was given up beside it. */
function queues(stack: StackContext["stack"]) {
  const rolls = queueWithDeadLetters(stack, "Rolls", {
    of: "roll of one shard",
    timeout: workTimeout,
    lateAfter: Duration.minutes(30),
  });
  const settlements = queueWithDeadLetters(stack, "Settlements", {
    of: "step of a settlement",
    timeout: workTimeout,
    lateAfter: Duration.hours(1),
  });
  const backfills = queueWithDeadLetters(stack, "Backfills", {
    of: "step of a closing backfill",
    timeout: workTimeout,
    lateAfter: Duration.hours(1),
  });
  const deliveries = queueWithDeadLetters(stack, "Deliveries", {
    of: "attempt at a webhook",
    timeout: attemptTimeout,
    lateAfter: Duration.minutes(30),
  });
  const collections = queueWithDeadLetters(stack, "Collections", {
    of: "step of collecting invoices",
    timeout: workTimeout,
    lateAfter: Duration.hours(1),
  });
  const streamFailures = deadLetters(stack, "StreamFailures", "wake-up of a late roll");
  return { rolls, settlements, backfills, deliveries, collections, streamFailures };
}

/** No authorizer: keys are checked in the functions, which answer problem documents where a gateway cannot. */
function httpApi(stack: StackContext["stack"]): IHttpApi {
  const api = new HttpApi(stack, "Api", { apiName: `${stack.stage}-farthing`, createDefaultStage: false });
  alarm(api, "ServerErrors", {
    why: "The API answered 5xx: a function failed or ran out of time. Its own alarm says which.",
    metric: api.metricServerError({ statistic: "Sum", period: Duration.minutes(5) }),
    atLeast: 1,
  });
  // The same API by its id: the class itself does not match its own interface under exact optional properties.
  const byId = HttpApi.fromHttpApiAttributes(stack, "ApiById", { httpApiId: api.apiId, apiEndpoint: api.apiEndpoint });
  new HttpStage(stack, "ApiStage", {
    httpApi: byId,
    stageName: "$default",
    autoDeploy: true,
    accessLogSettings: { destination: new LogGroupLogDestination(accessLog(stack)), format: accessLogFormat },
  });
  return byId;
}

/** A line a request, without addresses, keys or queries: they name people. */
const accessLogFormat = AccessLogFormat.custom(
  JSON.stringify({
    id: AccessLogField.contextRequestId(),
    time: AccessLogField.contextRequestTimeEpoch(),
    route: "$context.routeKey",
    status: AccessLogField.contextStatus(),
    bytes: AccessLogField.contextResponseLength(),
    latencyMs: AccessLogField.contextResponseLatency(),
    error: AccessLogField.contextIntegrationErrorMessage(),
  }),
);

function accessLog(stack: StackContext["stack"]): LogGroup {
  return new LogGroup(stack, "ApiLogs", {
    retention: RetentionDays.ONE_MONTH,
    removalPolicy: RemovalPolicy.DESTROY,
  });
}
