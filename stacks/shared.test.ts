import { beforeAll, describe, expect, test } from "vitest";
import { scratchFolders } from "./_kit/scratch-folders.ts";
import { emptyHandlers, scratchRoot } from "./_kit/scratch-root.ts";
import { type Templates, templates } from "./_kit/templates.ts";

const scratch = scratchFolders();
let local: Templates;
let kept: Templates;
beforeAll(async () => {
  local = await templates();
  // What its functions do is no matter here, and to bundle each of them apart takes half a minute.
  kept = await templates({ root: await scratchRoot(await scratch(), emptyHandlers()), stage: "prod" });
});

const keys = (hash: string, range: string) => [
  { AttributeName: hash, KeyType: "HASH" },
  { AttributeName: range, KeyType: "RANGE" },
];
const all = { ProjectionType: "ALL" };

describe("tables", () => {
  test("are Journal, Log and Registry, and no stack has another", () => {
    const found = local.all("AWS::DynamoDB::Table").map(({ stack, id }) => `${stack}/${id.slice(0, -8)}`);
    expect(found).toEqual(["Shared/Journal", "Shared/Log", "Shared/Registry"]);
    expect(local.all("AWS::DynamoDB::GlobalTable")).toEqual([]);
  });

  test.for(["Journal", "Log", "Registry"])("%s: keyed by pk and sk, on demand, encrypted, restorable", (name) => {
    expect(table(local, name).properties).toMatchObject({
      KeySchema: keys("pk", "sk"),
      BillingMode: "PAY_PER_REQUEST",
      SSESpecification: { SSEEnabled: true },
      PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
    });
  });

  test.for(["Journal", "Log", "Registry"])("%s outlives its stack, but for stages to throw away", (name) => {
    expect(table(local, name)).toMatchObject({
      deletion: "Delete",
      properties: { DeletionProtectionEnabled: false },
    });
    expect(table(kept, name)).toMatchObject({ deletion: "Retain", properties: { DeletionProtectionEnabled: true } });
  });

  test.for([
    { name: "Journal", StreamSpecification: { StreamViewType: "KEYS_ONLY" } },
    { name: "Log", StreamSpecification: undefined },
    { name: "Registry", StreamSpecification: undefined },
  ])("$name: stream $StreamSpecification", ({ name, StreamSpecification }) => {
    expect(table(local, name).properties.StreamSpecification).toEqual(StreamSpecification);
  });

  test("Log is also read by hour within a partition", () => {
    const { LocalSecondaryIndexes, GlobalSecondaryIndexes } = table(local, "Log").properties;
    expect(LocalSecondaryIndexes).toEqual([{ IndexName: "byHour", KeySchema: keys("pk", "lsi1sk"), Projection: all }]);
    expect(GlobalSecondaryIndexes).toBeUndefined();
  });

  test("Registry has one index across partitions, and drops what has expired", () => {
    expect(table(local, "Registry").properties).toMatchObject({
      GlobalSecondaryIndexes: [{ IndexName: "gsi1", KeySchema: keys("gsi1pk", "gsi1sk"), Projection: all }],
      TimeToLiveSpecification: { AttributeName: "expiresAt", Enabled: true },
    });
    expect(table(local, "Journal").properties.TimeToLiveSpecification).toBeUndefined();
    expect(table(local, "Log").properties.TimeToLiveSpecification).toBeUndefined();
  });

  const table = (from: Templates, name: string) => {
    const found = from.all("AWS::DynamoDB::Table").find(({ id }) => id.slice(0, -8) === name);
    if (found === undefined) throw new Error(`No table ${name}`);
    return found;
  };
});

describe("queues", () => {
  const queues = () => new Map(local.all("AWS::SQS::Queue").map(({ id, properties }) => [id.slice(0, -8), properties]));

  const work = ["Backfills", "Collections", "Deliveries", "Rolls", "Settlements"];
  const deadLetters = work.map((name) => `${name}DeadLetters`);

  test("are four of work with their dead letters, and one of stream failures", () => {
    expect([...queues().keys()].sort()).toEqual([...work, ...deadLetters, "StreamFailures"].sort());
  });

  test.for(work)("%s hands what failed five times to its dead letters", (name) => {
    expect(queues().get(name)).toMatchObject({
      RedrivePolicy: { deadLetterTargetArn: `${name}DeadLetters.Arn`, maxReceiveCount: 5 },
    });
  });

  test.for([...deadLetters, "StreamFailures"])("%s keeps 14 days", (name) => {
    expect(queues().get(name)).toMatchObject({ MessageRetentionPeriod: 14 * 24 * 3600 });
  });

  test("are encrypted, and spoken to over TLS alone", () => {
    const policies = local.all("AWS::SQS::QueuePolicy").map(({ properties }) => properties);
    for (const [name, properties] of queues()) {
      expect(properties.SqsManagedSseEnabled).toBe(true);
      const deny = {
        Effect: "Deny",
        Principal: { AWS: "*" },
        Action: "sqs:*",
        Resource: `${name}.Arn`,
        Condition: { Bool: { "aws:SecureTransport": "false" } },
      };
      expect(policies).toContainEqual(
        expect.objectContaining({
          Queues: [name],
          PolicyDocument: expect.objectContaining({ Statement: [deny] }),
        }),
      );
    }
  });

  test("keep a message from others for six times as long as its function may run", () => {
    const functions = new Map(
      local.all("AWS::Lambda::Function").map(({ id, properties }) => [id.slice(0, -8), properties]),
    );
    const mappings = local.all("AWS::Lambda::EventSourceMapping").map(({ properties }) => properties);
    const worked = mappings.flatMap(({ EventSourceArn, FunctionName }) => {
      const queue = queues().get(String(EventSourceArn).replace(".Arn", ""));
      return queue === undefined ? [] : [{ queue, timeout: Number(functions.get(String(FunctionName))?.Timeout) }];
    });
    expect(worked).toHaveLength(work.length);
    for (const { queue, timeout } of worked) {
      expect(Number(queue.VisibilityTimeout)).toBeGreaterThanOrEqual(6 * timeout);
    }
  });
});

describe("the API", () => {
  test("is one HTTP API, whose default stage deploys itself", () => {
    expect(local.all("AWS::ApiGatewayV2::Api").map(({ properties }) => properties)).toMatchObject([
      { Name: "local-farthing", ProtocolType: "HTTP" },
    ]);
    expect(local.all("AWS::ApiGatewayV2::Stage").map(({ properties }) => properties)).toMatchObject([
      { ApiId: "Api", StageName: "$default", AutoDeploy: true },
    ]);
    expect(local.all("AWS::ApiGatewayV2::Authorizer")).toEqual([]);
  });

  test("logs each request without what names a person", () => {
    const [stage] = local.all("AWS::ApiGatewayV2::Stage");
    const { Format, DestinationArn } = Object(stage?.properties.AccessLogSettings);
    expect(DestinationArn).toBe("ApiLogs.Arn");
    expect(Object.keys(JSON.parse(Format))).toEqual(["id", "time", "route", "status", "bytes", "latencyMs", "error"]);
    expect(Format).not.toMatch(/sourceIp|userAgent|authorization|querystring/i);
  });
});

test("no stack but the console's carries SST's own custom-resource function", () => {
  const ours = local.all("AWS::Lambda::Function").map(({ properties }) => Object(properties.Environment).Variables);
  for (const variables of ours) expect(variables).toHaveProperty("FARTHING_FUNCTION");
});
