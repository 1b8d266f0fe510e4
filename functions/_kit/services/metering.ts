import type {
  IngestStores,
  MeterSets,
  RollPlanning,
  ShardingStores,
  ShardPlans,
  ShardRollStores,
  UsagePorts,
} from "@farthing/metering";
import { cachedShardPlans, sharedBundles, sharedMarks } from "@farthing/metering";
import {
  dynamoJournal,
  dynamoMeterSets,
  dynamoRejections,
  dynamoRollProgress,
  dynamoShardPlans,
  dynamoStatementLog,
  dynamoWakeClaims,
} from "@farthing/metering/dynamo";
import { sqsRollQueue } from "@farthing/metering/sqs";
import { queues, table } from "./clients.ts";
import { clock } from "./clock.ts";
import { customerIds, customerLookup, customerRegister } from "./customers.ts";
import { env } from "./env.ts";
import { lazy } from "./lazy.ts";
import { recentMeters } from "./recent-meters.ts";

export { shardsOfMarkKeys } from "@farthing/metering/dynamo";
export { RollMessage } from "@farthing/metering/sqs";

/** The merchants' meters. */
export const meterSets = lazy((): MeterSets => dynamoMeterSets(table("REGISTRY")));

/** How many shards merchants have, when. */
export const shardPlans = lazy((): ShardPlans => cachedShardPlans(dynamoShardPlans(table("REGISTRY")), clock));

/** What setting shard counts needs. */
export const sharding = lazy((): ShardingStores => ({ plans: shardPlans(), clock }));

const journal = lazy(() => dynamoJournal(table("JOURNAL")));
const progress = lazy(() => dynamoRollProgress(table("LOG")));

/** The customers' logs. */
export const statementLog = lazy(() => dynamoStatementLog(table("LOG")));

/** What was refused lately. */
export const rejections = lazy(() => dynamoRejections(table("REGISTRY")));

/** What taking events in needs. */
export const ingest = lazy(
  (): IngestStores => ({
    journal: sharedMarks(journal()),
    shared: sharedBundles(journal()),
    plans: shardPlans(),
    clock,
    meters: recentMeters(meterSets(), clock),
    customers: customerLookup(),
    rejections: rejections(),
  }),
);

/** What rolling needs. */
export const rolling = lazy(
  (): ShardRollStores => ({
    log: statementLog(),
    register: customerRegister(),
    journal: journal(),
    progress: progress(),
    plans: shardPlans(),
    meters: meterSets(),
    clock,
  }),
);

/** What asking for rolls needs. */
export const planning = lazy(
  (): RollPlanning => ({
    plans: shardPlans(),
    queue: sqsRollQueue({
      client: queues(),
      queueUrl: env("FARTHING_ROLLS_QUEUE"),
      claims: dynamoWakeClaims(table("REGISTRY")),
    }),
    clock,
  }),
);

/** What reading usage needs. */
export const usage = lazy((): UsagePorts => ({ ...rolling(), customersOf: customerIds }));
