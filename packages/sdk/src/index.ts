export type {
  Backfill,
  BackfillChange,
  BackfillStatus,
  CommitWaitOptions,
  InvoiceChange,
  LineChange,
  PreviewQuery,
} from "./backfills.ts";
export { type Clock, systemClock } from "./clock.ts";
export type { Collection, CollectionAttempt, CollectionQuery, CollectionStatus } from "./collections.ts";
export { type Connection, type ConnectionOptions, connect } from "./connection.ts";
export type { AppliedCoupon, ChargeScope, Coupon, CouponContent } from "./coupons.ts";
export type { CreditNote, CreditNoteContent, CreditNoteQuery } from "./credit-notes.ts";
export type { Balance, CurrencyBalance, Customer, CustomerContent } from "./customers.ts";
export { type Delivery, type DeliveryOptions, deliverEvents, type Remark } from "./deliver-events.ts";
export { type BatchSize, requestLimits } from "./event-batch.ts";
export type { BufferRoom } from "./event-buffer.ts";
export type { ReplaceAnswer, ReplaceRequest, SendOptions, VoidAnswer, VoidRequest } from "./events.ts";
export { Farthing, type TrackCounts } from "./farthing.ts";
export { FarthingClient } from "./farthing-client.ts";
export { FarthingError, type Problem, UnsentError } from "./farthing-error.ts";
export type { FarthingOptions, RejectedEvent } from "./farthing-options.ts";
export type { Grant, GrantEntry, NewGrant } from "./grants.ts";
export type { IngestAnswer, Rejection, Warning } from "./ingest-answer.ts";
export type {
  ChargeQuery,
  DraftInvoice,
  Drafts,
  Invoice,
  InvoiceChangeContent,
  InvoiceHappening,
  InvoiceLine,
  InvoiceQuery,
  InvoiceStatus,
  InvoiceSummary,
  MicroCharge,
} from "./invoices.ts";
export type { CreatedKey, Key, NewKey } from "./keys.ts";
export type {
  JournalFormat,
  JournalQuery,
  LedgerAccount,
  LedgerClose,
  LedgerEntry,
  LedgerRange,
  LedgerSides,
  LedgerTotal,
  TrialBalance,
} from "./ledger.ts";
export type { CollectionTerms, FeeRule, Merchant, MerchantContent, Role, Seller } from "./merchant.ts";
export type { Aggregation, FilterCondition, FilterValue, Meter, MeterContent, MeterFilter } from "./meters.ts";
export type { Page, PageQuery } from "./page.ts";
export type { CollectPolicy, Phase, Plan, PlanContent, SimulatedCustomer, Simulation } from "./plans.ts";
export type {
  CapacityPrice,
  DynamicPrice,
  FlatPrice,
  GraduatedPercentagePrice,
  MatrixPrice,
  PackagePrice,
  PercentagePrice,
  PerUnitPrice,
  Price,
  TieredPrice,
  UnitTier,
  UsageTerms,
} from "./prices.ts";
export type {
  Conservation,
  ConservationCheck,
  ConservationGroup,
  OutcomeCounts,
  ReportQuery,
} from "./reports.ts";
export type { PostOptions } from "./request-json.ts";
export type { Backoff } from "./retry.ts";
export type {
  EventCopies,
  EventLookup,
  EventQuery,
  EventTail,
  Outcome,
  SeenEvent,
  SeenQuantity,
  TailQuery,
  Verdict,
} from "./seen-events.ts";
export type {
  ExportFormat,
  NewSettlement,
  Settlement,
  SettlementStatus,
  SettlementTotal,
  WaitOptions,
} from "./settlements.ts";
export type { Shards } from "./shards.ts";
export type {
  NewSubscription,
  PriceOverride,
  Subscription,
  SubscriptionChange,
  SubscriptionQuery,
  SubscriptionStep,
} from "./subscriptions.ts";
export type { TaxRates, TaxRatesContent } from "./tax-rates.ts";
export type { Usage, UsageQuery, UsageRow, UsageWindow } from "./usage.ts";
export { fixedEvent, type PreparedEvent, type UsageEvent } from "./usage-event.ts";
export type {
  WebhookAttempt,
  WebhookDelivery,
  WebhookDeliveryStatus,
  WebhookMessage,
  WebhookReplay,
} from "./webhook-deliveries.ts";
export type { DeliveryQuery, NewWebhook, Webhook, WebhookChange, WebhookWithSecret } from "./webhooks.ts";
