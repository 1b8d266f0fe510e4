import { existsSync, globSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { allRoutes } from "../functions/_routes/all.ts";
import { repository } from "./_kit/scratch-root.ts";
import { type Templates, templates } from "./_kit/templates.ts";
import { handlerNames } from "./bundle.ts";

let local: Templates;
beforeAll(async () => {
  local = await templates();
});

interface Deployed {
  readonly name: string;
  readonly stack: string;
  readonly properties: Readonly<Record<string, unknown>>;
}

function deployed(): Deployed[] {
  return local.all("AWS::Lambda::Function").map(({ stack, properties }) => ({
    name: String(Object(Object(properties.Environment).Variables).FARTHING_FUNCTION),
    stack,
    properties,
  }));
}

describe("functions", () => {
  test("every handler is deployed, and everything deployed has a handler", () => {
    expect(
      deployed()
        .map(({ name }) => name)
        .sort(),
    ).toEqual(handlerNames(repository));
  });

  test("each domain's stack deploys exactly its own folder", () => {
    for (const { name, stack } of deployed()) expect(name).toMatch(new RegExp(`^${stack.toLowerCase()}/`));
    const folders = globSync("*/", { cwd: join(repository, "functions") }).filter((name) => !name.startsWith("_"));
    for (const folder of folders) expect(existsSync(join(repository, "stacks", `${folder}.ts`))).toBe(true);
  });

  test("all run Node 24 on arm64, with a log of 30 days, and without tracing or reserved concurrency", () => {
    const logs = new Map(local.all("AWS::Logs::LogGroup").map(({ id, properties }) => [id.slice(0, -8), properties]));
    for (const { name, properties } of deployed()) {
      expect(properties).toMatchObject({
        FunctionName: `local-farthing-${name.replace("/", "-")}`,
        Runtime: "nodejs24.x",
        Architectures: ["arm64"],
        Handler: `${name}/index.handler`,
      });
      expect(logs.get(Object(properties.LoggingConfig).LogGroup)).toMatchObject({ RetentionInDays: 30 });
      expect(properties).not.toHaveProperty("TracingConfig");
      expect(properties).not.toHaveProperty("ReservedConcurrentExecutions");
    }
  });

  test("find the tables and queues by the names that the services read", () => {
    for (const { name, properties } of deployed()) {
      expect(Object(properties.Environment).Variables).toMatchObject({
        FARTHING_FUNCTION: name,
        FARTHING_KEY_ENVIRONMENT: "test",
        FARTHING_JOURNAL_TABLE: "Journal",
        FARTHING_LOG_TABLE: "Log",
        FARTHING_REGISTRY_TABLE: "Registry",
        FARTHING_ROLLS_QUEUE: "Rolls",
        FARTHING_SETTLEMENTS_QUEUE: "Settlements",
        FARTHING_BACKFILLS_QUEUE: "Backfills",
        FARTHING_DELIVERIES_QUEUE: "Deliveries",
        FARTHING_COLLECTIONS_QUEUE: "Collections",
      });
    }
  });

  const work = 15 * 60;
  test.for([
    { name: "metering/accept-events", MemorySize: 1769, Timeout: 29 },
    { name: "metering/query-usage", MemorySize: 1769, Timeout: 29 },
    { name: "metering/get-meter", MemorySize: 512, Timeout: 29 },
    { name: "metering/roll-shard", MemorySize: 2048, Timeout: work },
    { name: "metering/plan-rolls", MemorySize: 512, Timeout: work },
    { name: "metering/plan-sweeps", MemorySize: 512, Timeout: work },
    { name: "metering/wake-late-roll", MemorySize: 512, Timeout: 29 },
    { name: "metering/work-backfill", MemorySize: 2048, Timeout: work },
    { name: "metering/plan-backfills", MemorySize: 512, Timeout: work },
    { name: "billing/plan-settlements", MemorySize: 512, Timeout: work },
    { name: "billing/settle", MemorySize: 2048, Timeout: work },
    { name: "billing/collect", MemorySize: 512, Timeout: work },
    { name: "billing/receive-stripe-event", MemorySize: 512, Timeout: 29 },
    { name: "billing/tell-news", MemorySize: 512, Timeout: work },
    { name: "access/deliver", MemorySize: 512, Timeout: 30 },
    { name: "access/wake-deliveries", MemorySize: 512, Timeout: 300 },
  ])("$name has $MemorySize MB and $Timeout s", ({ name, ...size }) => {
    expect(deployed().find((found) => found.name === name)?.properties).toMatchObject(size);
  });

  test("what answers a route does so before the gateway gives up at 30 s", () => {
    const byArn = new Map(
      local
        .all("AWS::Lambda::Function")
        .map(({ stack, id, properties }) => [`${stack} ${id.slice(0, -8)}.Arn`, properties]),
    );
    const answering = local
      .all("AWS::ApiGatewayV2::Integration")
      .map(({ stack, properties }) => byArn.get(`${stack} ${properties.IntegrationUri}`));
    expect(answering.length).toBe(local.all("AWS::ApiGatewayV2::Route").length);
    for (const properties of answering) expect(Number(properties?.Timeout)).toBeLessThan(30);
  });
});

describe("triggers", () => {
  const mappings = () =>
    new Map(
      local.all("AWS::Lambda::EventSourceMapping").map(({ properties }) => [properties.FunctionName, properties]),
    );

  test("are one stream and four queues", () => {
    expect([...mappings().keys()].sort()).toEqual([
      "Collect",
      "Deliver",
      "RollShard",
      "Settle",
      "WakeLateRoll",
      "WorkBackfill",
    ]);
  });

  test("marks wake late rolls: only new ones, and a bad record neither blocks nor is lost from sight", () => {
    const { FilterCriteria, ...stream } = Object(mappings().get("WakeLateRoll"));
    expect(stream).toMatchObject({
      EventSourceArn: "Journal.StreamArn",
      BatchSize: 100,
      BisectBatchOnFunctionError: true,
      MaximumRetryAttempts: 5,
      MaximumRecordAgeInSeconds: 3600,
      FunctionResponseTypes: ["ReportBatchItemFailures"],
      DestinationConfig: { OnFailure: { Destination: "StreamFailures.Arn" } },
      StartingPosition: "TRIM_HORIZON",
    });
    expect(FilterCriteria.Filters.map(({ Pattern }: { Pattern: string }) => JSON.parse(Pattern))).toEqual([
      { eventName: ["INSERT"], dynamodb: { Keys: { pk: { S: [{ prefix: "m#" }] } } } },
    ]);
  });

  test.for([
    { by: "RollShard", queue: "Rolls.Arn", MaximumConcurrency: 64 },
    { by: "Settle", queue: "Settlements.Arn", MaximumConcurrency: 40 },
    { by: "WorkBackfill", queue: "Backfills.Arn", MaximumConcurrency: 8 },
    { by: "Collect", queue: "Collections.Arn", MaximumConcurrency: 8 },
    { by: "Deliver", queue: "Deliveries.Arn", MaximumConcurrency: 100 },
  ])("$by works $queue off, a message at a time, $MaximumConcurrency at once", ({ by, queue, MaximumConcurrency }) => {
    expect(mappings().get(by)).toMatchObject({
      EventSourceArn: queue,
      BatchSize: 1,
      FunctionResponseTypes: ["ReportBatchItemFailures"],
      ScalingConfig: { MaximumConcurrency },
    });
  });

  test("schedules roll every five minutes, settle at ten past, sweep at twenty, check at forty and push backfills at fifty past, collect every ten minutes, reconcile at night, and look after webhooks every minute", () => {
    const rules = local.all("AWS::Events::Rule").map(({ properties }) => ({
      at: properties.ScheduleExpression,
      state: properties.State,
      runs: Object(properties).Targets.map(({ Arn }: { Arn: string }) => Arn),
    }));
    expect(rules.sort((a, b) => String(a.runs).localeCompare(String(b.runs)))).toEqual([
      { at: "cron(40 * * * ? *)", state: "ENABLED", runs: ["CheckConservation.Arn"] },
      { at: "cron(50 * * * ? *)", state: "ENABLED", runs: ["PlanBackfills.Arn"] },
      { at: "cron(5/10 * * * ? *)", state: "ENABLED", runs: ["PlanCollections.Arn"] },
      { at: "cron(30 2 * * ? *)", state: "ENABLED", runs: ["PlanReconciliations.Arn"] },
      { at: "cron(1/5 * * * ? *)", state: "ENABLED", runs: ["PlanRolls.Arn"] },
      { at: "cron(10 * * * ? *)", state: "ENABLED", runs: ["PlanSettlements.Arn"] },
      { at: "cron(20 * * * ? *)", state: "ENABLED", runs: ["PlanSweeps.Arn"] },
      { at: "cron(* * * * ? *)", state: "ENABLED", runs: ["TellNews.Arn"] },
      { at: "cron(* * * * ? *)", state: "ENABLED", runs: ["WakeDeliveries.Arn"] },
    ]);
    expect(local.all("AWS::Scheduler::Schedule")).toEqual([]);
  });
});

describe("routes", () => {
  /** Each route with the function that its integration leads to, in its own stack. */
  const answering = (): string[] => {
    const within = (type: string) =>
      new Map(local.all(type).map(({ stack, id, properties }) => [`${stack} ${id.slice(0, -8)}`, properties]));
    const integrations = within("AWS::ApiGatewayV2::Integration");
    const functions = within("AWS::Lambda::Function");
    return local.all("AWS::ApiGatewayV2::Route").map(({ stack, properties }) => {
      const integration = integrations.get(`${stack} ${String(properties.Target).replace("integrations/", "")}`);
      const answers = functions.get(`${stack} ${String(integration?.IntegrationUri).replace(".Arn", "")}`);
      const { FARTHING_FUNCTION } = Object(Object(answers?.Environment).Variables);
      return `${properties.RouteKey} ${FARTHING_FUNCTION}`;
    });
  };

  test.for([
    ["POST /v1/events", "metering/accept-events"],
    ["POST /v1/events/void", "metering/void-event"],
    ["POST /v1/events/replace", "metering/replace-event"],
    ["POST /v1/backfills", "metering/open-backfill"],
    ["GET /v1/backfills", "metering/list-backfills"],
    ["GET /v1/backfills/{name}", "metering/get-backfill"],
    ["GET /v1/backfills/{name}/preview", "billing/preview-backfill"],
    ["POST /v1/backfills/{name}/commit", "metering/commit-backfill"],
    ["POST /v1/backfills/{name}/drop", "metering/drop-backfill"],
    ["GET /v1/shards", "metering/get-shards"],
    ["PUT /v1/shards", "metering/put-shards"],
    ["GET /v1/usage", "metering/query-usage"],
    ["PUT /v1/meters/{key}", "metering/put-meter"],
    ["GET /v1/meters/{key}", "metering/get-meter"],
    ["GET /v1/meters", "metering/list-meters"],
    ["PUT /v1/plans/{key}", "pricing/put-plan"],
    ["GET /v1/plans/{key}", "pricing/get-plan"],
    ["GET /v1/plans", "pricing/list-plans"],
    ["POST /v1/plans/{key}/simulate", "pricing/simulate-plan"],
    ["PUT /v1/coupons/{key}", "pricing/put-coupon"],
    ["GET /v1/coupons/{key}", "pricing/get-coupon"],
    ["GET /v1/coupons", "pricing/list-coupons"],
    ["PUT /v1/tax-rates/{country}", "pricing/put-tax-rates"],
    ["GET /v1/tax-rates/{country}", "pricing/get-tax-rates"],
    ["GET /v1/tax-rates", "pricing/list-tax-rates"],
    ["POST /v1/customers/{id}/coupons", "billing/apply-coupon"],
    ["GET /v1/customers/{id}/coupons", "billing/list-applied-coupons"],
    ["DELETE /v1/customers/{id}/coupons/{coupon}", "billing/remove-coupon"],
    ["POST /v1/customers/{id}/grants", "wallet/create-grant"],
    ["GET /v1/customers/{id}/grants", "wallet/list-grants"],
    ["GET /v1/customers/{id}/grants/{grant}", "wallet/get-grant"],
    ["GET /v1/customers/{id}/grants/{grant}/entries", "wallet/list-grant-entries"],
    ["PUT /v1/customers/{id}", "billing/put-customer"],
    ["GET /v1/customers/{id}", "billing/get-customer"],
    ["GET /v1/customers", "billing/list-customers"],
    ["GET /v1/customers/{id}/balance", "billing/get-balance"],
    ["POST /v1/subscriptions", "billing/create-subscription"],
    ["GET /v1/subscriptions", "billing/list-subscriptions"],
    ["POST /v1/settlements", "billing/create-settlement"],
    ["GET /v1/settlements", "billing/list-settlements"],
    ["GET /v1/settlements/{id}", "billing/get-settlement"],
    ["GET /v1/settlements/{id}/export", "billing/export-settlement"],
    ["GET /v1/invoices", "billing/list-invoices"],
    ["GET /v1/invoices/{id}", "billing/get-invoice"],
    ["GET /v1/invoices/{id}/pdf", "billing/print-invoice"],
    ["GET /v1/customers/{id}/invoices/draft", "billing/get-draft"],
    ["GET /v1/customers/{id}/carry", "billing/list-carry"],
    ["GET /v1/customers/{id}/adjustments", "billing/list-adjustments"],
    ["POST /v1/invoices/{id}/credit-notes", "billing/create-credit-note"],
    ["GET /v1/credit-notes", "billing/list-credit-notes"],
    ["GET /v1/credit-notes/{id}", "billing/get-credit-note"],
    ["GET /v1/credit-notes/{id}/pdf", "billing/print-credit-note"],
    ["POST /v1/invoices/{id}/void", "billing/void-invoice"],
    ["POST /v1/invoices/{id}/uncollectible", "billing/write-off-invoice"],
    ["POST /v1/invoices/{id}/pay", "billing/pay-invoice"],
    ["GET /v1/invoices/{id}/charges", "billing/list-charges"],
    ["GET /v1/collections", "billing/list-collections"],
    ["GET /v1/invoices/{id}/collection", "billing/get-collection"],
    ["GET /v1/reports/collection", "billing/report-collection"],
    ["POST /v1/stripe/webhooks/{merchant}", "billing/receive-stripe-event"],
    ["GET /v1/pay/{token}", "billing/open-pay-page"],
    ["GET /v1/ledger/trial-balance", "ledger/get-trial-balance"],
    ["GET /v1/ledger/accounts", "ledger/list-accounts"],
    ["GET /v1/ledger/accounts/{id}/entries", "ledger/list-entries"],
    ["GET /v1/ledger/closes", "ledger/list-closes"],
    ["POST /v1/ledger/close", "ledger/close-period"],
    ["GET /v1/ledger/journal", "ledger/export-journal"],
    ["GET /v1/events", "billing/list-events"],
    ["GET /v1/events/{id}", "billing/get-event"],
    ["GET /v1/events/tail", "billing/tail-events"],
    ["GET /v1/reports/conservation", "billing/report-conservation"],
    ["POST /v1/keys", "access/create-key"],
    ["GET /v1/keys", "access/list-keys"],
    ["DELETE /v1/keys/{id}", "access/revoke-key"],
    ["GET /v1/merchant", "access/get-merchant"],
    ["PUT /v1/merchant", "access/put-merchant"],
    ["POST /v1/webhooks", "access/create-webhook"],
    ["GET /v1/webhooks", "access/list-webhooks"],
    ["GET /v1/webhooks/{id}", "access/get-webhook"],
    ["PUT /v1/webhooks/{id}", "access/put-webhook"],
    ["DELETE /v1/webhooks/{id}", "access/delete-webhook"],
    ["POST /v1/webhooks/{id}/rotate", "access/rotate-webhook"],
    ["POST /v1/webhooks/{id}/test", "access/test-webhook"],
    ["GET /v1/webhooks/{id}/deliveries", "access/list-deliveries"],
    ["GET /v1/webhooks/messages/{id}", "access/get-webhook-message"],
    ["POST /v1/webhooks/{id}/deliveries/{message}/replay", "access/replay-delivery"],
    ["POST /v1/webhooks/{id}/replay", "access/replay-deliveries"],
    ["GET /openapi.json", "access/describe-api"],
    ["$default", "access/not-found"],
  ] as const)("%s is answered by %s", ([key, name]) => {
    expect(answering().filter((found) => found.startsWith(`${key} `))).toEqual([`${key} ${name}`]);
  });

  test("hand over requests as the gateway's payload 2.0", () => {
    for (const { properties } of local.all("AWS::ApiGatewayV2::Integration")) {
      expect(properties).toMatchObject({ IntegrationType: "AWS_PROXY", PayloadFormatVersion: "2.0" });
    }
  });

  test("are those that the API's own document describes, answered by the function of the same name", () => {
    const kebab = (name: string) => name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
    const described = allRoutes.map(({ route, domain, name }) => `${route} ${domain}/${kebab(name)}`);
    expect(
      answering()
        .filter((found) => !found.startsWith("$default "))
        .sort(),
    ).toEqual(described.sort());
  });

  test("merchants are made without a route", () => {
    const uris = local.all("AWS::ApiGatewayV2::Integration").map(({ properties }) => properties.IntegrationUri);
    expect(uris).not.toContain("CreateMerchant.Arn");
    expect(deployed().map(({ name }) => name)).toContain("access/create-merchant");
  });
});
