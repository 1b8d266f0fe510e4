import { join } from "node:path";
import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { DynamoDBStreamsClient } from "@aws-sdk/client-dynamodb-streams";
import { SQSClient } from "@aws-sdk/client-sqs";
import type { Control } from "./control/control.ts";
import type { Gateway } from "./gateway/gateway.ts";
import { routeTable } from "./gateway/route-table.ts";
import { localCredentials } from "./run/environment.ts";
import { createFleet, type Fleet } from "./run/fleet.ts";
import type { QueueServer } from "./stores/queue-server.ts";
import type { StoreWatch } from "./stores/store-watch.ts";
import { ensureTables } from "./stores/tables.ts";
import type { Assembly } from "./template/assembly.ts";
import { functionsOf } from "./template/functions.ts";
import { apiOf } from "./template/routes.ts";
import { bucketsOf, queuesOf, tablesOf } from "./template/stores.ts";
import { schedulesOf, triggersOf } from "./template/triggers.ts";
import { createWorld, localRegion, type World } from "./template/world.ts";
import { type Schedules, startSchedules } from "./triggers/schedules.ts";
import { startTriggers, type Triggers } from "./triggers/triggers.ts";

/** What the local cloud is started with. */
export interface CloudOptions {
  /** The folder of the cloud assembly: what `cdk synth` would leave in `cdk.out`. */
  readonly assembly: string;
  /** Where queues, buckets and stream positions are kept; left out, memory keeps them. */
  readonly dir?: string;
  /** The DynamoDB Local to use. */
  readonly dynamo: string;
  /** The API's port; left out, a free one. */
  readonly port?: number;
  readonly controlPort?: number;
  /** Copies of one function that run at once. */
  readonly copies?: number;
  /** Copies of all functions together that stay warm. */
  readonly warm?: number;
  readonly streamPollMs?: number;
  /** The first wait after a failed batch of a stream. */
  readonly streamRetryMs?: number;
  /** How long a failed message waits, for each time it was received. */
  readonly queueRetrySeconds?: number;
  /** Whether schedules fire by themselves; `fire` works either way. */
  readonly schedules?: boolean;
  /** Variables that every function gets beside those of the template. */
  readonly variables?: Readonly<Record<string, string>>;
  readonly log?: (line: string) => void;
}

/** The parts of a cloud, as far as it has come up. */
export interface Running {
  readonly gateway: Gateway;
  readonly queues: QueueServer;
  readonly clients: Clients;
  readonly store: StoreWatch;
  fleet?: Fleet;
  triggers?: Triggers;
  schedules?: Schedules;
  control?: Control;
}

/** The AWS clients of the cloud itself. */
export interface Clients {
  readonly dynamo: DynamoDBClient;
  readonly streams: DynamoDBStreamsClient;
  readonly sqs: SQSClient;
}

/** Clients of the two emulators. */
export function clientsFor(dynamo: string, queues: string): Clients {
  const common = { region: localRegion, credentials: localCredentials };
  return {
    dynamo: new DynamoDBClient({ ...common, endpoint: dynamo }),
    streams: new DynamoDBStreamsClient({ ...common, endpoint: dynamo }),
    sqs: new SQSClient({ ...common, endpoint: queues }),
  };
}

/** Makes tables, queues and buckets, and names everything else. */
export async function makeStores(assembly: Assembly, running: Running): Promise<World> {
  const { queues, clients, gateway } = running;
  let streams: ReadonlyMap<string, string> = new Map();
  const world = createWorld(assembly, {
    queueUrl: (name) => queues.queueUrl(name),
    apiUrl: () => gateway.url,
    streamArn(table) {
      const arn = streams.get(table);
      if (arn === undefined) throw new Error(`table ${table} has no stream, and the template asks for it`);
      return arn;
    },
  });
  queues.ensureQueues(queuesOf(assembly, world));
  queues.ensureBuckets(bucketsOf(assembly, world));
  streams = await ensureTables(clients.dynamo, tablesOf(assembly, world));
  return world;
}

/** Puts the functions behind their routes, streams, queues and schedules. */
export function wire(assembly: Assembly, world: World, running: Running, options: CloudOptions): void {
  const { queues, clients, gateway, store } = running;
  const log = options.log ?? (() => {});
  const { dynamo, variables = {} } = options;
  const endpoints = { dynamo, queues: queues.url, variables };
  const limits = { copies: options.copies ?? 2, warm: options.warm ?? 20, idleMs: 300_000 };
  const fleet = createFleet(functionsOf(assembly, world), endpoints, limits, log);
  running.fleet = fleet;
  const { routes, cors } = apiOf(assembly, world);
  const table = routeTable(routes.map(({ key, target }) => ({ key, target: fleet.target(target) })));
  running.triggers = startTriggers(triggersOf(assembly, world), {
    target: (pointer) => fleet.target(pointer),
    queues,
    store,
    sqs: clients.sqs,
    streams: clients.streams,
    log,
    ...(options.dir === undefined ? {} : { checkpoints: join(options.dir, "streams.json") }),
    streamPollMs: options.streamPollMs ?? 250,
    streamRetryMs: options.streamRetryMs ?? 500,
    queueRetrySeconds: options.queueRetrySeconds ?? 3,
  });
  const schedules = schedulesOf(assembly, world);
  running.schedules = startSchedules(schedules, (pointer) => fleet.target(pointer), options.schedules ?? true);
  gateway.serve({ routes: table, ...(cors === undefined ? {} : { cors }) });
}
