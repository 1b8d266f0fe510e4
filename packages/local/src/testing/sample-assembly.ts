import { mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { App, CfnResource, Duration, Stack } from "aws-cdk-lib";
import { CorsHttpMethod, HttpApi, HttpMethod } from "aws-cdk-lib/aws-apigatewayv2";
import { HttpLambdaIntegration } from "aws-cdk-lib/aws-apigatewayv2-integrations";
import {
  AttributeType,
  BillingMode,
  type ITable,
  ProjectionType,
  StreamViewType,
  Table,
} from "aws-cdk-lib/aws-dynamodb";
import { Rule, Schedule } from "aws-cdk-lib/aws-events";
import { LambdaFunction as LambdaTarget } from "aws-cdk-lib/aws-events-targets";
import {
  Architecture,
  Code,
  FilterCriteria,
  FilterRule,
  Function as LambdaFunction,
  Runtime,
  StartingPosition,
} from "aws-cdk-lib/aws-lambda";
import { DynamoEventSource, SqsDlq, SqsEventSource } from "aws-cdk-lib/aws-lambda-event-sources";
import { Bucket } from "aws-cdk-lib/aws-s3";
import { Queue } from "aws-cdk-lib/aws-sqs";
import { build } from "esbuild";

/** What a test may change about the sample. */
export interface SampleOptions {
  /** A resource type that the local cloud has never heard of. */
  readonly extraType?: string;
  readonly visibilitySeconds?: number;
}

async function bundle(folder: string): Promise<void> {
  await build({
    entryPoints: [fileURLToPath(new URL("./sample-handlers.ts", import.meta.url))],
    outfile: join(folder, "index.mjs"),
    bundle: true,
    format: "esm",
    platform: "node",
    target: "node24",
    minify: true,
    banner: { js: 'import { createRequire } from "node:module"; const require = createRequire(import.meta.url);' },
    logLevel: "error",
  });
}

const keys = {
  partitionKey: { name: "pk", type: AttributeType.STRING },
  sortKey: { name: "sk", type: AttributeType.STRING },
  billingMode: BillingMode.PAY_PER_REQUEST,
};

function stores(stack: Stack, { visibilitySeconds = 30 }: SampleOptions) {
  const notes = new Table(stack, "Notes", {
    ...keys,
    stream: StreamViewType.KEYS_ONLY,
    timeToLiveAttribute: "expiresAt",
    pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
  });
  notes.addLocalSecondaryIndex({ indexName: "byHour", sortKey: { name: "lsi1sk", type: AttributeType.STRING } });
  notes.addGlobalSecondaryIndex({
    indexName: "gsi1",
    partitionKey: { name: "gsi1pk", type: AttributeType.STRING },
    sortKey: { name: "gsi1sk", type: AttributeType.STRING },
    projectionType: ProjectionType.ALL,
  });
  const results = new Table(stack, "Results", keys);
  const dead = new Queue(stack, "WorkDead");
  const work = new Queue(stack, "Work", {
    visibilityTimeout: Duration.seconds(visibilitySeconds),
    deadLetterQueue: { queue: dead, maxReceiveCount: 2 },
  });
  const streamFailures = new Queue(stack, "StreamFailures");
  new Bucket(stack, "Exports");
  return { notes, results, work, streamFailures };
}

function functions(stack: Stack, folder: string, environment: Record<string, string>) {
  const make = (name: string, handler: string, timeout = Duration.seconds(10)) =>
    new LambdaFunction(stack, `Fn${handler}`, {
      runtime: Runtime.NODEJS_22_X,
      architecture: Architecture.ARM_64,
      code: Code.fromAsset(folder),
      handler: `index.${handler}`,
      environment: { ...environment, FARTHING_FUNCTION: name },
      memorySize: 256,
      timeout,
    });
  return {
    accept: make("notes/accept", "accept"),
    echo: make("notes/echo", "echo"),
    hang: make("notes/hang", "hang", Duration.seconds(1)),
    crash: make("notes/crash", "crash"),
    onStream: make("notes/on-stream", "onStream"),
    onQueue: make("notes/on-queue", "onQueue", Duration.seconds(2)),
    tick: make("notes/tick", "tick"),
  };
}

function routes(stack: Stack, made: ReturnType<typeof functions>): void {
  const api = new HttpApi(stack, "Api", {
    corsPreflight: {
      allowOrigins: ["https://console.example"],
      allowMethods: [CorsHttpMethod.ANY],
      allowHeaders: ["authorization"],
    },
  });
  const route = (method: HttpMethod, path: string, name: string, target: LambdaFunction) =>
    api.addRoutes({ path, methods: [method], integration: new HttpLambdaIntegration(name, target) });
  route(HttpMethod.POST, "/v1/notes", "Accept", made.accept);
  route(HttpMethod.ANY, "/echo/{name}", "Echo", made.echo);
  route(HttpMethod.GET, "/hang", "Hang", made.hang);
  route(HttpMethod.GET, "/crash", "Crash", made.crash);
}

/**
 * Synthesises a small application in two stacks with everything that the local cloud runs, and returns its assembly.
 *
 * It is plain CDK, so the templates are the real thing.
 */
export async function sampleAssembly(options: SampleOptions = {}): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "farthing-sample-"));
  const code = join(folder, "code");
  await bundle(code);
  const app = new App({ outdir: join(folder, "cdk.out"), analyticsReporting: false });
  const data = new Stack(app, "Data");
  const { notes, results, work, streamFailures } = stores(data, options);
  const main = new Stack(app, "Main");
  const made = functions(main, code, {
    GREETING: `hello from ${main.stackName}`,
    NOTES: notes.tableName,
    RESULTS: results.tableName,
    WORK: work.queueUrl,
  });
  routes(main, made);
  made.onStream.addEventSource(
    // CDK's own classes do not fit its interfaces under exactOptionalPropertyTypes.
    new DynamoEventSource(notes as unknown as ITable, {
      startingPosition: StartingPosition.TRIM_HORIZON,
      batchSize: 10,
      bisectBatchOnError: true,
      retryAttempts: 1,
      onFailure: new SqsDlq(streamFailures),
      filters: [
        FilterCriteria.filter({
          eventName: FilterRule.isEqual("INSERT"),
          dynamodb: { Keys: { pk: { S: FilterRule.beginsWith("m#") } } },
        }),
      ],
    }),
  );
  made.onQueue.addEventSource(new SqsEventSource(work, { batchSize: 5, reportBatchItemFailures: true }));
  new Rule(main, "Hourly", {
    schedule: Schedule.expression("cron(20 * * * ? *)"),
    targets: [new LambdaTarget(made.tick)],
  });
  if (options.extraType !== undefined) new CfnResource(main, "Stranger", { type: options.extraType });
  app.synth();
  return join(folder, "cdk.out");
}
