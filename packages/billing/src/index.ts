export type { AccountLog, AccountRecord } from "./account-log.ts";
export type { Announcement, Announcements } from "./announcement.ts";
export {
  type AppliedDocument,
  applyCoupon,
  type CouponNotGiven,
  type CouponStores,
  listAppliedCoupons,
  removeCoupon,
  type UnknownCoupon,
} from "./apply-coupon.ts";
export type { BackfillChange, InvoiceChange, LineChange } from "./backfill-change.ts";
export { billedThrough } from "./billed-through.ts";
export type { Period, PeriodRule } from "./calendar.ts";
export { listCarry } from "./carry-history.ts";
export { type ChangeStores, changeInvoice } from "./change-invoice.ts";
export { changeSubscription } from "./change-subscription.ts";
export type { ChargedInvoice, ChargeIndex, ChargeIndexes } from "./charge-index.ts";
export { chargedBy } from "./charged-by.ts";
export { type CheckStores, checkConservation, type FoundGap } from "./check-conservation.ts";
export { collectInvoice } from "./collect-invoice.ts";
export { asksFor, type CollectTerms, policyFrom } from "./collect-rule.ts";
export type { CollectingStores } from "./collecting.ts";
export {
  type Collection,
  type CollectionChange,
  type CollectionQueue,
  type CollectionRef,
  type CollectionRuns,
  type CollectionStatus,
  type Collections,
  collectionBuckets,
  type RailCustomers,
} from "./collection.ts";
export { type CollectionFact, dayOf } from "./collection-fact.ts";
export type { CollectionPolicies, CollectionSettings } from "./collection-settings.ts";
export { type CollectionAsk, type CollectionWorkStores, workCollections } from "./collection-work.ts";
export type { ConservationCheck, ConservationChecks, HourGap } from "./conservation-check.ts";
export {
  type CheckDocument,
  conservationDocument,
  type GroupDocument,
  type ReportDocument,
  type ReportDocumentStores,
} from "./conservation-document.ts";
export type { CouponApplication, CouponApplications } from "./coupon-application.ts";
export {
  type CreditNoteOrder,
  type CreditNoteStores,
  type CreditScope,
  createCreditNote,
} from "./create-credit-note.ts";
export { createSettlement, planSettlements, type SettlementBody } from "./create-settlement.ts";
export { type Customer, type Customers, dueBuckets } from "./customer.ts";
export { outcomes } from "./customer-conservation.ts";
export { type DebugStores, debugEvent, debugEvents } from "./debug-events.ts";
export type { EventDocument } from "./event-document.ts";
export { exportCharges } from "./export-charges.ts";
export type { ExportFile, ExportTooLarge } from "./export-part.ts";
export { type ExportOrder, exportSettlement, type SettlementRunning } from "./export-settlement.ts";
export { feeOf } from "./fee-share.ts";
export { getBalance } from "./get-balance.ts";
export { type DraftStores, getDraft } from "./get-draft.ts";
export { invoiceId } from "./invoice-id.ts";
export type { InvoiceNumbers, IssuedInvoice, NumberBlock } from "./invoice-numbers.ts";
export type { FeeRule } from "./invoice-terms.ts";
export { firstDue, KnownCustomers } from "./known-customers.ts";
export { listAdjustments } from "./list-adjustments.ts";
export { type ChargeOrder, type ChargeStores, listCharges } from "./list-charges.ts";
export { type EventFilter, listEvents } from "./list-events.ts";
export { type InvoiceFilter, listInvoices } from "./list-invoices.ts";
export type { RejectedDocument, RejectionStores } from "./list-rejected.ts";
export type { LiveStores } from "./live-invoice.ts";
export type { Letter, Mailer, PayLinks } from "./mailer.ts";
export type { MicroCharge } from "./micro-charge.ts";
export { noFrontier } from "./news-since.ts";
export { type NoPage, openPayPage } from "./open-pay-page.ts";
export { type Language, languages, type Parties, type Party, type Sellers } from "./party.ts";
export { type PaySecrets, payToken } from "./pay-token.ts";
export type { PaymentRail } from "./payment-rail.ts";
export { planCollections } from "./plan-collections.ts";
export { type PreviewQuery, type PreviewStores, previewBackfill } from "./preview-backfill.ts";
export { type InvoicePrinter, type NotIssued, type PrintStores, printInvoice } from "./print-invoice.ts";
export { type CustomerBody, type CustomerStores, putCustomer } from "./put-customer.ts";
export { fromRail, stripeCurrencies } from "./rail-currency.ts";
export { type CollectionDocument, getCollection, listCollections, reportCollection } from "./read-collections.ts";
export { getCreditNote, listCreditNotes, type NoteStores, printCreditNote } from "./read-credit-notes.ts";
export { getCustomer, type Listed, type ListPage, listCustomers, type NotFound } from "./read-customers.ts";
export { getInvoice, getSettlement, type InvoiceStores, listSettlements } from "./read-invoices.ts";
export { getSubscription, listSubscriptions } from "./read-subscriptions.ts";
export { type RailEvents, receiveRailEvent } from "./receive-rail-event.ts";
export { type ReconcileStores, reconcile } from "./reconcile.ts";
export type { Reconciliation, Reconciliations } from "./reconciliation.ts";
export { refundInvoice } from "./refund-invoice.ts";
export { renderSeal, type SealOrder } from "./render-seal.ts";
export {
  type ConservationReport,
  type InvalidRange,
  type ReportStores,
  reportConservation,
} from "./report-conservation.ts";
export { advanceSettlement, pushSettlement, rollEverything, rollForSettlement, takeStep } from "./run-settlement.ts";
export type { Frontier, LineKey, Seal, SealedInvoice, SealedLine, Seals } from "./seal.ts";
export { SealChain } from "./seal-chain.ts";
export { type RatingOrder, rateSeal } from "./seal-rating.ts";
export type { LineAllocation, SealTerms, TaxProfile, TaxTotal, TaxTreatment } from "./seal-terms.ts";
export { sealedDrawings } from "./sealed-drawings.ts";
export { type SettlementStores, settleChunk } from "./settle-chunk.ts";
export { type SealStores, settleCustomer } from "./settle-customer.ts";
export type {
  ChunkRecord,
  InvoiceEntry,
  InvoiceIndex,
  Settlement,
  SettlementQueue,
  Settlements,
} from "./settlement.ts";
export {
  type SimulatedCustomer,
  type SimulatedPeriod,
  type SimulationOrder,
  type SimulationStores,
  simulatePlan,
} from "./simulate-plan.ts";
export { stepSubscription } from "./stop-subscription.ts";
export { createSubscription, type UnknownCustomer, type UnknownPlan } from "./subscribe.ts";
export type { Subscription, Subscriptions } from "./subscription.ts";
export { type TailAnswer, type TailQuery, type TailStores, tailEvents } from "./tail-events.ts";
export { notesSince } from "./taken-notes.ts";
export { type TaxEngine, type TaxQuestion, tableTaxes } from "./tax-engine.ts";
export { type NewsStores, tellNews } from "./tell-news.ts";
export { readTerms, type TermStores, type Terms, termsOfSeal } from "./terms.ts";
export { unconfiguredRail } from "./unconfigured-rail.ts";
export { windowMoves } from "./window-move.ts";
export { writeCharges } from "./write-charges.ts";
export { writeLetter } from "./write-letter.ts";
