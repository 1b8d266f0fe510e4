import { beforeAll, describe, expect, test } from "vitest";
import { type Templates, templates } from "./_kit/templates.ts";

/** One action on one resource. */
interface Grant {
  readonly action: string;
  readonly resource: string;
}

let grants: ReadonlyMap<string, readonly Grant[]>;
let local: Templates;
beforeAll(async () => {
  local = await templates();
  grants = grantsByFunction(local);
});

describe("policies", () => {
  test("allow exact actions on exact resources", () => {
    const allowed = statements(local).filter(({ Effect }) => Effect === "Allow");
    expect(allowed.length).toBeGreaterThan(grants.size);
    for (const { Action, Resource, ...rest } of allowed) {
      expect(Object.keys(rest).filter((key) => key.startsWith("Not"))).toEqual([]);
      for (const action of list(Action)) expect(action).toMatch(/^[a-z0-9]+:[A-Za-z]+$/);
      for (const resource of list(Resource)) expect(resource).not.toContain("*");
    }
  });

  test("are all inline: no role leans on a managed policy", () => {
    for (const { properties } of local.all("AWS::IAM::Role")) expect(properties.ManagedPolicyArns).toBeUndefined();
    expect(local.all("AWS::IAM::ManagedPolicy")).toEqual([]);
  });

  test("come one role a function, which Lambda alone may assume", () => {
    const roles = local.all("AWS::Lambda::Function").map(({ stack, properties }) => `${stack} ${properties.Role}`);
    expect(new Set(roles).size).toBe(roles.length);
    for (const { properties } of local.all("AWS::IAM::Role")) {
      expect(Object(properties.AssumeRolePolicyDocument).Statement).toEqual([
        { Action: "sts:AssumeRole", Effect: "Allow", Principal: { Service: "lambda.amazonaws.com" } },
      ]);
    }
  });

  test("let each function write its own log, and no other", () => {
    for (const [name, held] of grants) {
      const logs = held.filter(({ action }) => action.startsWith("logs:"));
      const group = `${construct(name)}Logs.Arn`;
      expect(logs).toEqual([
        { action: "logs:CreateLogStream", resource: group },
        { action: "logs:PutLogEvents", resource: group },
      ]);
    }
  });

  test("let a gateway, a schedule and nobody else invoke a function", () => {
    for (const { properties } of local.all("AWS::Lambda::Permission")) {
      expect(properties.Action).toBe("lambda:InvokeFunction");
      expect(["apigateway.amazonaws.com", "events.amazonaws.com"]).toContain(properties.Principal);
      expect(properties.SourceArn).toBeDefined();
    }
  });
});

describe("who may do what", () => {
  const posts = [
    "access/create-key",
    "access/create-webhook",
    "access/replay-deliveries",
    "access/replay-delivery",
    "access/rotate-webhook",
    "access/test-webhook",
    "billing/apply-coupon",
    "billing/cancel-subscription",
    "billing/change-subscription",
    "billing/create-credit-note",
    "billing/create-settlement",
    "billing/create-subscription",
    "billing/pause-subscription",
    "billing/pay-invoice",
    "billing/resume-subscription",
    "billing/void-invoice",
    "billing/write-off-invoice",
    "ledger/close-period",
    "metering/accept-events",
    "metering/commit-backfill",
    "metering/drop-backfill",
    "metering/open-backfill",
    "metering/replace-event",
    "metering/void-event",
    "pricing/simulate-plan",
    "wallet/create-grant",
  ];
  const rollers = ["billing/settle", "metering/roll-shard", "metering/work-backfill"];

  test.for([
    // The idempotency keys of requests that were refused.
    {
      may: "delete from the registry",
      action: "dynamodb:DeleteItem",
      on: "Registry.Arn",
      // Beside them a webhook, news that was told, and settlements that are open for collection.
      who: [...posts, "access/delete-webhook", "billing/collect", "billing/tell-news"].sort(),
    },
    {
      may: "change an item of the registry",
      action: "dynamodb:UpdateItem",
      on: "Registry.Arn",
      // Answers that are kept under their idempotency keys, keys that are revoked, how invoices name a merchant, how often a
      // coupon was given, and that one was removed.
      who: [
        "access/put-merchant",
        "access/replay-deliveries",
        "access/replay-delivery",
        "access/revoke-key",
        "billing/apply-coupon",
        "billing/cancel-subscription",
        "billing/change-subscription",
        "billing/create-credit-note",
        "billing/create-settlement",
        "billing/create-subscription",
        "billing/pause-subscription",
        "billing/remove-coupon",
        "billing/resume-subscription",
        "wallet/create-grant",
      ],
    },
    { may: "put many items at once", action: "dynamodb:BatchWriteItem", on: "Registry.Arn", who: ["billing/settle"] },
    {
      may: "read many items at once",
      action: "dynamodb:BatchGetItem",
      on: "Registry.Arn",
      who: ["billing/create-credit-note", "billing/settle", "metering/accept-events"],
    },
    {
      may: "delete marks and staged bundles",
      action: "dynamodb:DeleteItem",
      on: "Journal.Arn",
      who: rollers,
    },
    { may: "change a fact", action: "dynamodb:UpdateItem", on: "Journal.Arn", who: [] },
    { may: "delete from the log", action: "dynamodb:DeleteItem", on: "Log.Arn", who: [] },
    { may: "change the log", action: "dynamodb:UpdateItem", on: "Log.Arn", who: [] },
    {
      may: "write the log",
      action: "dynamodb:PutItem",
      on: "Log.Arn",
      who: [
        ...rollers,
        "billing/collect",
        "billing/create-credit-note",
        "billing/receive-stripe-event",
        "billing/pay-invoice",
        "billing/void-invoice",
        "billing/write-off-invoice",
        "ledger/close-period",
      ].sort(),
    },
    {
      may: "write the journal",
      action: "dynamodb:PutItem",
      on: "Journal.Arn",
      who: [...rollers, ...["metering/accept-events", "metering/replace-event", "metering/void-event"]].sort(),
    },
    {
      may: "order a roll",
      action: "sqs:SendMessage",
      on: "Rolls.Arn",
      who: ["metering/plan-rolls", "metering/plan-sweeps", "metering/wake-late-roll"],
    },
    {
      may: "order a step of a settlement",
      action: "sqs:SendMessage",
      on: "Settlements.Arn",
      // A credit note is posted as a step, and a bill whose pages would grow deep is written down by one.
      who: [
        "billing/create-credit-note",
        "billing/create-settlement",
        "billing/list-charges",
        "billing/plan-settlements",
        "billing/settle",
      ],
    },
    {
      may: "order an attempt at a webhook",
      action: "sqs:SendMessage",
      on: "Deliveries.Arn",
      who: [
        "access/deliver",
        "access/replay-deliveries",
        "access/replay-delivery",
        "access/test-webhook",
        "access/wake-deliveries",
        "billing/settle",
        "billing/tell-news",
      ],
    },
    { may: "make attempts", action: "sqs:ReceiveMessage", on: "Deliveries.Arn", who: ["access/deliver"] },
    {
      may: "order a step of a backfill",
      action: "sqs:SendMessage",
      on: "Backfills.Arn",
      who: ["metering/commit-backfill", "metering/drop-backfill", "metering/plan-backfills", "metering/work-backfill"],
    },
    {
      may: "take steps of backfills",
      action: "sqs:ReceiveMessage",
      on: "Backfills.Arn",
      who: ["metering/work-backfill"],
    },
    {
      may: "order work of collecting",
      action: "sqs:SendMessage",
      on: "Collections.Arn",
      who: ["billing/collect", "billing/plan-collections", "billing/plan-reconciliations", "billing/settle"],
    },
    { may: "collect", action: "sqs:ReceiveMessage", on: "Collections.Arn", who: ["billing/collect"] },
    { may: "take rolls", action: "sqs:ReceiveMessage", on: "Rolls.Arn", who: ["metering/roll-shard"] },
    { may: "take steps", action: "sqs:ReceiveMessage", on: "Settlements.Arn", who: ["billing/settle"] },
    {
      may: "read the stream",
      action: "dynamodb:GetRecords",
      on: "Journal.StreamArn",
      who: ["metering/wake-late-roll"],
    },
    { may: "give up a wake-up", action: "sqs:SendMessage", on: "StreamFailures.Arn", who: ["metering/wake-late-roll"] },
  ])("only $who may $may", ({ action, on, who }) => {
    const found = [...grants].filter(([, held]) =>
      held.some((grant) => grant.action === action && grant.resource === on),
    );
    expect(found.map(([name]) => name).sort()).toEqual(who);
  });

  test("what answers GET changes nothing", () => {
    const changing = /^(dynamodb:(Put|Update|Delete|BatchWrite)|sqs:)/;
    // It may ask that what it computes is written down: the answer is the same before and after.
    // And a link to pay makes the customer known to the rail, and notes who that is.
    const asks = ["billing/list-charges", "billing/open-pay-page"];
    for (const name of answering(local, "GET").filter((one) => !asks.includes(one))) {
      const held = grants.get(name) ?? [];
      expect({ name, changing: held.filter(({ action }) => changing.test(action)) }).toEqual({ name, changing: [] });
    }
  });

  test.for(["access/describe-api", "access/not-found"])("%s needs no data at all", (name) => {
    const held = grants.get(name) ?? [];
    expect(held.map(({ action }) => action)).toEqual(["logs:CreateLogStream", "logs:PutLogEvents"]);
  });

  test("nobody scans, or touches an index but to query it", () => {
    for (const held of grants.values()) {
      for (const { action, resource } of held) {
        expect(action).not.toMatch(/Scan|PartiQL/);
        if (resource.includes("/index/")) expect(action).toBe("dynamodb:Query");
      }
    }
  });
});

interface Statement {
  readonly Effect: string;
  readonly Action: string | readonly string[];
  readonly Resource: string | readonly string[];
}

function statements(from: Templates): Statement[] {
  return from.all("AWS::IAM::Policy").flatMap(({ properties }) => Object(properties.PolicyDocument).Statement);
}

function grantsByFunction(from: Templates): Map<string, Grant[]> {
  const policies = from.all("AWS::IAM::Policy");
  return new Map(
    from.all("AWS::Lambda::Function").map(({ stack, properties }) => {
      const role = String(properties.Role).replace(".Arn", "");
      const own = policies.filter((policy) => policy.stack === stack && list(policy.properties.Roles).includes(role));
      const held = own.flatMap((policy): Statement[] => Object(policy.properties.PolicyDocument).Statement);
      return [nameOf(properties), held.flatMap(expand)] as const;
    }),
  );
}

function expand({ Action, Resource }: Statement): Grant[] {
  return list(Action).flatMap((action) => list(Resource).map((resource) => ({ action, resource })));
}

function answering(from: Templates, method: string): string[] {
  const keys = from.all("AWS::ApiGatewayV2::Route");
  const integrations = from.all("AWS::ApiGatewayV2::Integration");
  const functions = from.all("AWS::Lambda::Function");
  return keys
    .filter(({ properties }) => String(properties.RouteKey).startsWith(`${method} `))
    .map(({ stack, properties }) => {
      const target = String(properties.Target).replace("integrations/", "");
      const integration = integrations.find((found) => found.stack === stack && found.id.slice(0, -8) === target);
      const uri = String(integration?.properties.IntegrationUri).replace(".Arn", "");
      const answers = functions.find((found) => found.stack === stack && found.id.slice(0, -8) === uri);
      return nameOf(answers?.properties ?? {});
    });
}

function nameOf(properties: Readonly<Record<string, unknown>>): string {
  return String(Object(Object(properties.Environment).Variables).FARTHING_FUNCTION);
}

function construct(name: string): string {
  const verb = name.slice(name.indexOf("/") + 1);
  return verb.replace(/(^|-)(\w)/g, (_, __, letter: string) => letter.toUpperCase());
}

function list(value: unknown): string[] {
  return Array.isArray(value) ? value : [String(value)];
}
