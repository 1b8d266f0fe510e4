export { acceptNamed, type BackfillAnswer, type BackfillIngestStores, type NamedRequest } from "./accept-backfill.ts";
export {
  acceptEvents,
  type CustomerLookup,
  type IngestAnswer,
  type IngestRequest,
  type IngestStores,
} from "./accept-events.ts";
export type { Sample, ValueWindow } from "./aggregations/aggregation.ts";
export { aggregationOf } from "./aggregations/index.ts";
export { ArrivalReader, type Arrivals, type ArrivedBundle } from "./arrivals.ts";
export {
  type Backfill,
  type BackfillClosed,
  type BackfillNotFound,
  type BackfillRef,
  type Backfills,
  closed as backfillClosed,
  type Staging,
} from "./backfill.ts";
export {
  type BackfillStores,
  commitBackfill,
  dropBackfill,
  getBackfill,
  listBackfills,
  openBackfill,
  planBackfills,
} from "./close-backfill.ts";
export type { Bundle, BundleDigest, MergedRows, Origin, OriginBundle, Page, Selection } from "./codec/index.ts";
export { bodyKindOf, eventContentTypes } from "./content-type.ts";
export { csvCell, csvText } from "./csv.ts";
export { type CustomerFacts, type FactPart, readFacts, type UsageStores } from "./customer-facts.ts";
export { DraftLog } from "./draft-log.ts";
export type { EventData, EventRefusal, Fact, ParsedEvent, RejectedEvent, VoidFact } from "./event.ts";
export type { BodyKind } from "./event-body.ts";
export { type EventWarning, type WarningCode, warningsOf } from "./event-warning.ts";
export { Filter } from "./filter.ts";
export { type Hour, hourEnd, hourMs, hourOf, hourPlus, hourStart } from "./hour.ts";
export type { HourFold } from "./hour-fold.ts";
export { inParallel } from "./in-parallel.ts";
export type {
  BundlePage,
  Journal,
  Mark,
  RollProgress,
  RollQueue,
  RollReason,
  RollRecord,
  ShardPlans,
  StoredBundle,
} from "./journal.ts";
export { deeperThan } from "./json-depth.ts";
export { keptMeters } from "./kept-meters.ts";
export { LogSnapshot } from "./log-snapshot.ts";
export { markOf } from "./mark.ts";
export {
  aggregationNames,
  chargeMeter,
  chargeType,
  type Meter,
  type MeterSet,
  type MeterSets,
  metersOf,
  noMeters,
  pathSteps,
} from "./meter.ts";
export { MeterRows } from "./meter-rows.ts";
export { MeterState } from "./meter-state.ts";
export { foldNews, type News, type NewsStores, readNews } from "./news.ts";
export { eventsPerPage, fingerprintsOf, pageAt, pagesOf, rowsPerPage } from "./pages.ts";
export { aheadMs, pastMs } from "./parse-events.ts";
export { lateRollEveryMs, planRolls, type RollPlanning, rollShard, wakeLateRolls } from "./plan-rolls.ts";
export { practise } from "./practice.ts";
export { getMeter, listMeters, type MeterBody, type MeterDocument, type MeterStores, putMeter } from "./put-meter.ts";
export { getShards, putShards, type ShardingStores, type ShardsDocument } from "./put-shards.ts";
export { type GroupMatch, groupValue, stateOf, takes } from "./quantity.ts";
export {
  keptText,
  maxNoted,
  type NotedRejection,
  placeOfRequest,
  type RejectedRequest,
  type RejectionPage,
  type RejectionQuery,
  type Rejections,
  rejectedCountOf,
  rejectionsKeptMs,
} from "./rejections.ts";
export { type ReplaceAnswer, type ReplaceRequest, replaceEvent } from "./replace-event.ts";
export { decodeAll, mergeAll, type RollStores, rollHour } from "./roll.ts";
export { byCustomer } from "./selection.ts";
export {
  firstShardPlan,
  growShards,
  maxShards,
  type ShardHour,
  type ShardPlan,
  type ShardRef,
  type ShardStep,
  shardOf,
  shardsAt,
  shardsEver,
} from "./shard.ts";
export { cachedShardPlans } from "./shard-plan-cache.ts";
export {
  bundlesOf,
  rollClosedHours,
  rollMarginMs,
  rollMarked,
  rollOpenHours,
  type ShardRollStores,
  sweepHour,
  sweepShard,
} from "./shard-roll.ts";
export { type FactWriter, sharedBundles, sharedMarks } from "./shared-writes.ts";
export { type StagedCustomer, stagedCustomers } from "./staged-customers.ts";
export type { StagedStores } from "./staged-rows.ts";
export { means, type StandingVoid, voidOfRow, voidsOf } from "./standing-void.ts";
export type { CustomerRef, CustomerRegister, PageRef, RowCounts, Statement, StatementLog } from "./statement.ts";
export { type FactStores, maxShardHours, storeFacts, type TooScattered } from "./store-facts.ts";
export type { Cell, Cohort, GroupValues, Tally } from "./tally.ts";
export { MeterReaders } from "./tally-builder.ts";
export { ownTally, type TallyPart, tallyPart, tallyRows } from "./tally-range.ts";
export type { TimeRange } from "./time-range.ts";
export {
  queryUsage,
  type UnknownGroup,
  type UnknownMeter,
  type Usage,
  type UsagePorts,
  type UsageQuery,
  type UsageRow,
} from "./usage.ts";
export { usageCsv } from "./usage-csv.ts";
export { type EmptyRange, type UsageDocument, usageDocument } from "./usage-document.ts";
export { identityWindowMs, type Judgement, judge, type StruckFact, type Verdicts } from "./verdict.ts";
export { type VoidAnswer, type VoidBody, voidEvent } from "./void-event.ts";
export { isTimezone, type TooManyWindows, type UnknownTimezone, type WindowName, windowsOf } from "./windows.ts";
export { type BackfillWorkStores, type WorkTime, workBackfill } from "./work-backfill.ts";
