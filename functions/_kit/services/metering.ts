import type {
  BackfillIngestStores,
  BackfillStores,
  BackfillWorkStores,
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
  dynamoBackfills,
  dynamoJournal,
  dynamoMeterSets,
  dynamoRejections,
  dynamoRollProgress,
  dynamoShardPlans,
  dynamoStaging,
  dynamoStatementLog,
  dynamoWakeClaims,
} from "@farthing/metering/dynamo";
import { sqsBackfillQueue, sqsRollQueue } from "@farthing/metering/sqs";
import { queues, table } from "./clients.ts";
import { clock } from "./clock.ts";
import { customerIds, customerLookup, customerRegister } from "./customers.ts";
import { env } from "./env.ts";
import { lazy } from "./lazy.ts";
import { recentMeters } from "./recent-meters.ts";

export { shardsOfMarkKeys } from "@farthing/metering/dynamo";
export { BackfillMessage, RollMessage } from "@farthing/metering/sqs";

/** The merchants' meters. */
export const meterSets = lazy((): MeterSets => dynamoMeterSets(table("REGISTRY")));

/** How many shards merchants have, when. */
export const shardPlans = lazy((): ShardPlans => cachedShardPlans(dynamoShardPlans(table("REGISTRY")), clock));

/** What setting shard counts needs. */
export const sharding = lazy((): ShardingStores => ({ plans: shardPlans(), clock }));

/** The merchants' backfills. */
export const backfills = lazy(() => dynamoBackfills(table("REGISTRY")));
/** What waits under the names of backfills. */
export const staging = lazy(() => dynamoStaging(table("JOURNAL")));

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

/** What taking events in under the name of a backfill needs. */
export const namedIngest = lazy(
  (): BackfillIngestStores => ({ ...ingest(), backfills: backfills(), staging: staging() }),
);

/** What opening backfills and ending them needs. */
export const backfilling = lazy(
  (): BackfillStores => ({
    backfills: backfills(),
    staging: staging(),
    plans: shardPlans(),
    queue: sqsBackfillQueue({ client: queues(), queueUrl: env("FARTHING_BACKFILLS_QUEUE") }),
    clock,
  }),
);

/** What work on closing backfills needs. */
export const backfillWork = lazy((): BackfillWorkStores => ({ ...rolling(), ...backfilling() }));

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
