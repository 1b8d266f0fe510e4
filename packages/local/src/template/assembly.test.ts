import { beforeAll, describe, expect, test } from "vitest";
import { sampleAssembly } from "../testing/sample-assembly.ts";
import { type Assembly, readAssembly, readTemplate } from "./assembly.ts";
import { functionsOf } from "./functions.ts";
import { NotRunLocally, refuseUnknown } from "./kinds.ts";
import { apiOf } from "./routes.ts";
import { bucketsOf, queuesOf, tablesOf } from "./stores.ts";
import { schedulesOf, triggersOf } from "./triggers.ts";
import { createWorld, type World } from "./world.ts";

const live = {
  streamArn: (table: string) => `arn:aws:dynamodb:ddblocal:000000000000:table/${table}/stream/now`,
  queueUrl: (queue: string) => `http://127.0.0.1:9/000000000000/${queue}`,
  apiUrl: () => "http://127.0.0.1:4510",
};

describe("what plain CDK synthesises", () => {
  let assembly: Assembly;
  let world: World;
  const target = (name: string) => functionsOf(assembly, world).find((spec) => spec.name === name)?.arn;

  beforeAll(async () => {
    assembly = await readAssembly(await sampleAssembly());
    world = createWorld(assembly, live);
  }, 30_000);

  test("holds only what is run or known to be inert", () => {
    expect(() => refuseUnknown(assembly)).not.toThrow();
  });

  test("gives tables with keys, indexes, stream and expiry", () => {
    const notes = tablesOf(assembly, world).find(({ name }) => name.includes("Notes"));
    expect(notes?.expiryAttribute).toBe("expiresAt");
    expect(notes?.create).toMatchObject({
      BillingMode: "PAY_PER_REQUEST",
      KeySchema: [
        { AttributeName: "pk", KeyType: "HASH" },
        { AttributeName: "sk", KeyType: "RANGE" },
      ],
      LocalSecondaryIndexes: [{ IndexName: "byHour", Projection: { ProjectionType: "ALL" } }],
      GlobalSecondaryIndexes: [{ IndexName: "gsi1" }],
      StreamSpecification: { StreamEnabled: true, StreamViewType: "KEYS_ONLY" },
    });
  });

  test("gives queues with their dead letters by ARN", () => {
    const work = queuesOf(assembly, world).find(({ attributes }) => attributes.RedrivePolicy !== undefined);
    expect(JSON.parse(work?.attributes.RedrivePolicy ?? "{}")).toEqual({
      deadLetterTargetArn: expect.stringMatching(/^arn:aws:sqs:us-east-1:000000000000:Data-WorkDead/),
      maxReceiveCount: 2,
    });
    expect(work?.attributes.VisibilityTimeout).toBe("30");
    expect(bucketsOf(assembly, world)[0]).toMatch(/^data-exports[a-z0-9]+$/);
  });

  test("gives our functions with code and environment, imports from another stack resolved", () => {
    const functions = functionsOf(assembly, world);
    expect(functions.map(({ name }) => name).toSorted()).toEqual([
      "notes/accept",
      "notes/crash",
      "notes/echo",
      "notes/hang",
      "notes/on-queue",
      "notes/on-stream",
      "notes/tick",
    ]);
    const accept = functions.find(({ name }) => name === "notes/accept");
    expect(accept).toMatchObject({ exportName: "accept", timeoutMs: 10_000, memoryMegabytes: 256 });
    expect(accept?.file).toMatch(/asset\.[0-9a-f]+\/index\.mjs$/);
    expect(accept?.environment.WORK).toMatch(/^http:\/\/127\.0\.0\.1:9\/000000000000\/Data-Work/);
    expect(accept?.environment.NOTES).toMatch(/^Data-Notes/);
  });

  test("gives triggers and schedules, pointing at functions", () => {
    const [stream, queue] = triggersOf(assembly, world);
    expect(stream).toMatchObject({
      kind: "stream",
      streamArn: expect.stringContaining("/stream/now"),
      batchSize: 10,
      bisects: true,
      maximumRetries: 1,
      failureQueueArn: expect.stringContaining("StreamFailures"),
      patterns: [{ eventName: ["INSERT"], dynamodb: { Keys: { pk: { S: [{ prefix: "m#" }] } } } }],
    });
    expect(queue).toMatchObject({ kind: "queue", batchSize: 5, reportsItemFailures: true });
    expect(schedulesOf(assembly, world)).toEqual([
      expect.objectContaining({ expression: "cron(20 * * * ? *)", target: target("notes/tick") }),
    ]);
  });

  test("gives routes with the functions behind them, and CORS", () => {
    const api = apiOf(assembly, world);
    expect(api.cors?.AllowOrigins).toEqual(["https://console.example"]);
    expect(api.routes).toContainEqual({ key: "POST /v1/notes", target: target("notes/accept") });
    expect(api.routes.map(({ key }) => key)).toContain("ANY /echo/{name}");
  });

  test("with a stranger among it is refused, by type and logical id", async () => {
    const strange = await readAssembly(await sampleAssembly({ extraType: "AWS::StepFunctions::StateMachine" }));
    expect(() => refuseUnknown(strange)).toThrow(NotRunLocally);
    expect(() => refuseUnknown(strange)).toThrow(/AWS::StepFunctions::StateMachine Stranger of stack Main/);
  }, 30_000);
});

describe("templates that are not run in silence", () => {
  const worldOf = (resources: Record<string, unknown>) => {
    const assembly: Assembly = { stacks: [readTemplate("S", { Resources: resources })], assets: new Map() };
    return { assembly, world: createWorld(assembly, live) };
  };
  const mapping = (properties: Record<string, unknown>) =>
    worldOf({
      M: {
        Type: "AWS::Lambda::EventSourceMapping",
        Properties: { FunctionName: "f", EventSourceArn: "arn:aws:sqs:us-east-1:000000000000:q", ...properties },
      },
    });

  test.for([
    { why: "another source", properties: { EventSourceArn: "arn:aws:kinesis:us-east-1:1:stream/s" } },
    { why: "a setting that changes how batches are made", properties: { TumblingWindowInSeconds: 30 } },
    { why: "a filter on a queue", properties: { FilterCriteria: { Filters: [{ Pattern: "{}" }] } } },
    {
      why: "failures to a topic",
      properties: { DestinationConfig: { OnFailure: { Destination: "arn:aws:sns:us-east-1:1:t" } } },
    },
  ])("a trigger with $why", ({ properties }) => {
    const { assembly, world } = mapping(properties);
    expect(() => triggersOf(assembly, world)).toThrow(/AWS::Lambda::EventSourceMapping M of stack S/);
  });

  test("a trigger that is switched off is left out", () => {
    const { assembly, world } = mapping({ Enabled: false });
    expect(triggersOf(assembly, world)).toEqual([]);
  });

  test("a rule that waits for events, a route with an authorizer, a second API", () => {
    const rule = worldOf({ R: { Type: "AWS::Events::Rule", Properties: { EventPattern: { source: ["x"] } } } });
    expect(() => schedulesOf(rule.assembly, rule.world)).toThrow(/AWS::Events::Rule R/);
    const api = { Type: "AWS::ApiGatewayV2::Api", Properties: { ProtocolType: "HTTP" } };
    const route = {
      Type: "AWS::ApiGatewayV2::Route",
      Properties: { RouteKey: "GET /", Target: "integrations/x", AuthorizationType: "JWT" },
    };
    const guarded = worldOf({ A: api, R: route });
    expect(() => apiOf(guarded.assembly, guarded.world)).toThrow(/an authorizer \(JWT\)/);
    const two = worldOf({ A: api, B: api });
    expect(() => apiOf(two.assembly, two.world)).toThrow(/AWS::ApiGatewayV2::Api B/);
  });

  test("a reference that leads nowhere", () => {
    const { assembly, world } = worldOf({
      Q: {
        Type: "AWS::SQS::Queue",
        Properties: { RedrivePolicy: { deadLetterTargetArn: { "Fn::GetAtt": ["Gone", "Arn"] }, maxReceiveCount: 1 } },
      },
    });
    expect(() => queuesOf(assembly, world)).toThrow("Gone");
  });

  test("two functions of one name", () => {
    const one = {
      Type: "AWS::Lambda::Function",
      Properties: {
        Code: { S3Key: "k.zip" },
        Handler: "index.h",
        Environment: { Variables: { FARTHING_FUNCTION: "a/b" } },
      },
    };
    const { assembly, world } = worldOf({ One: one });
    expect(() => functionsOf(assembly, world)).toThrow(/no asset of the assembly has the key k.zip/);
  });

  test("functions that are not ours are inert", () => {
    const { assembly, world } = worldOf({
      Provider: { Type: "AWS::Lambda::Function", Properties: { Code: { S3Key: "k.zip" }, Handler: "index.h" } },
    });
    expect(functionsOf(assembly, world)).toEqual([]);
  });
});
