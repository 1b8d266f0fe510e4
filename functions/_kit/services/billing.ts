import { setTimeout } from "node:timers/promises";
import type {
  ChargeStores,
  CheckStores,
  CreditNoteStores,
  DebugStores,
  DraftStores,
  NewsStores,
  PreviewStores,
  ReportDocumentStores,
  SettlementStores,
  SimulationStores,
  TailStores,
} from "@farthing/billing";
import {
  dynamoAccountLog,
  dynamoChargeIndexes,
  dynamoConservationChecks,
  dynamoCreditNoteNumbers,
  dynamoInvoiceIndex,
  dynamoInvoiceNumbers,
  dynamoNews,
  dynamoSeals,
  dynamoSettlements,
  dynamoSubscriptions,
} from "@farthing/billing/dynamo";
import { sqsSettlementQueue } from "@farthing/billing/sqs";
import type { Ids } from "@farthing/money";
import { announcements } from "./announcements.ts";
import { queues, table } from "./clients.ts";
import { clock } from "./clock.ts";
import { collectionQueue, collectionRuns } from "./collection-queue.ts";
import { customers } from "./customers.ts";
import { env } from "./env.ts";
import { ids } from "./ids.ts";
import { lazy } from "./lazy.ts";
import { books } from "./ledger.ts";
import { backfills, meterSets, rejections, rolling, shardPlans, staging, statementLog } from "./metering.ts";
import { catalogue, plans } from "./pricing.ts";
import { sellers } from "./sellers.ts";
import { terms } from "./terms.ts";

export { SettlementMessage } from "@farthing/billing/sqs";

/** What customers, their subscriptions and their seals need. */
export const billing = lazy(() => ({
  customers: customers(),
  subscriptions: dynamoSubscriptions(table("REGISTRY")),
  seals: dynamoSeals(table("LOG"), statementLog()),
  account: dynamoAccountLog(table("REGISTRY")),
  plans: plans(),
  terms: terms(),
  log: statementLog(),
  meters: meterSets(),
  clock,
}));

/** What reading invoices and settlements needs. */
export const invoices = lazy(() => ({
  ...billing(),
  invoices: dynamoInvoiceIndex(table("REGISTRY")),
  settlements: dynamoSettlements(table("REGISTRY")),
  numbers: dynamoInvoiceNumbers(table("REGISTRY")),
  books: books(),
}));

const indexes = lazy(() => dynamoChargeIndexes(table("LOG"), statementLog()));
const settlementQueue = lazy(() =>
  sqsSettlementQueue({ client: queues(), queueUrl: env("FARTHING_SETTLEMENTS_QUEUE") }),
);

/** What listing the charges of an invoice needs. */
export const charges = lazy((): ChargeStores => ({ ...billing(), indexes: indexes(), queue: settlementQueue() }));

/** What reading credit notes needs. */
export const notes = lazy(() => ({ ...invoices(), noteNumbers: dynamoCreditNoteNumbers(table("REGISTRY")) }));

/** What making credit notes needs. */
export const crediting = lazy((): CreditNoteStores => ({ ...notes(), ...charges(), sellers: sellers() }));

/** What starting settlements and running them needs. */
export const settling = lazy((): SettlementStores & { readonly ids: Ids } => ({
  ...invoices(),
  rolls: rolling(),
  sellers: sellers(),
  queue: settlementQueue(),
  indexes: indexes(),
  announcements,
  ids,
  collecting: { runs: collectionRuns(), queue: collectionQueue() },
}));

/** What drafting invoices reads. */
export const drafting = lazy((): DraftStores => ({ ...billing(), journal: rolling() }));

/** What telling merchants of what was written needs. */
export const newsroom = lazy((): NewsStores => ({ ...invoices(), announcements, news: dynamoNews(table("REGISTRY")) }));

/** What simulating a plan needs. */
export const simulating = lazy((): SimulationStores => ({ ...billing(), catalogue }));

const checks = lazy(() => dynamoConservationChecks(table("REGISTRY")));

/** What the conservation report needs. */
export const reports = lazy(
  (): ReportDocumentStores => ({ ...billing(), journal: rolling(), rejections: rejections(), checks: checks() }),
);

/** What the debugger of events needs. */
export const debugging = lazy((): DebugStores => ({ ...reports(), clock }));

/** What a live tail needs. */
export const tailing = lazy((): TailStores => ({ ...debugging(), pause: (ms) => setTimeout(ms) }));

/** What the scheduled check needs. */
export const checking = lazy((): CheckStores => ({ ...reports(), checks: checks(), merchants: shardPlans() }));

/** What previewing a backfill reads. */
export const previews = lazy(
  (): PreviewStores => ({ ...billing(), journal: rolling(), backfills: backfills(), staging: staging() }),
);
