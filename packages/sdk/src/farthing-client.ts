import { backfillCalls } from "./backfills.ts";
import { collectionCalls } from "./collections.ts";
import { type ConnectionOptions, connect } from "./connection.ts";
import { couponCalls } from "./coupons.ts";
import { creditNoteCalls } from "./credit-notes.ts";
import { customerCalls } from "./customers.ts";
import { eventCalls } from "./events.ts";
import { grantCalls } from "./grants.ts";
import { invoiceCalls } from "./invoices.ts";
import { keyCalls } from "./keys.ts";
import { ledgerCalls } from "./ledger.ts";
import { merchantCalls } from "./merchant.ts";
import { meterCalls } from "./meters.ts";
import { planCalls } from "./plans.ts";
import { reportCalls } from "./reports.ts";
import { settlementCalls } from "./settlements.ts";
import { shardCalls } from "./shards.ts";
import { subscriptionCalls } from "./subscriptions.ts";
import { taxRateCalls } from "./tax-rates.ts";
import { usageCalls } from "./usage.ts";
import { webhookCalls } from "./webhooks.ts";

/** The whole public API, a method a route. Every method throws `FarthingError` when the API refuses or cannot be reached. */
export class FarthingClient {
  readonly backfills: ReturnType<typeof backfillCalls>;
  readonly collections: ReturnType<typeof collectionCalls>;
  readonly coupons: ReturnType<typeof couponCalls>;
  readonly creditNotes: ReturnType<typeof creditNoteCalls>;
  readonly customers: ReturnType<typeof customerCalls>;
  readonly events: ReturnType<typeof eventCalls>;
  readonly grants: ReturnType<typeof grantCalls>;
  readonly invoices: ReturnType<typeof invoiceCalls>;
  readonly keys: ReturnType<typeof keyCalls>;
  readonly ledger: ReturnType<typeof ledgerCalls>;
  readonly merchant: ReturnType<typeof merchantCalls>;
  readonly meters: ReturnType<typeof meterCalls>;
  readonly plans: ReturnType<typeof planCalls>;
  readonly reports: ReturnType<typeof reportCalls>;
  readonly settlements: ReturnType<typeof settlementCalls>;
  readonly shards: ReturnType<typeof shardCalls>;
  readonly subscriptions: ReturnType<typeof subscriptionCalls>;
  readonly taxRates: ReturnType<typeof taxRateCalls>;
  readonly usage: ReturnType<typeof usageCalls>;
  readonly webhooks: ReturnType<typeof webhookCalls>;

  constructor(options: ConnectionOptions) {
    // People and pages wait for these answers, so they give up sooner than a batch of events does.
    const connection = connect({ attempts: 4, ...options });
    this.backfills = backfillCalls(connection);
    this.collections = collectionCalls(connection);
    this.coupons = couponCalls(connection);
    this.creditNotes = creditNoteCalls(connection);
    this.customers = customerCalls(connection);
    this.events = eventCalls(connection);
    this.grants = grantCalls(connection);
    this.invoices = invoiceCalls(connection);
    this.keys = keyCalls(connection);
    this.ledger = ledgerCalls(connection);
    this.merchant = merchantCalls(connection);
    this.meters = meterCalls(connection);
    this.plans = planCalls(connection);
    this.reports = reportCalls(connection);
    this.settlements = settlementCalls(connection);
    this.shards = shardCalls(connection);
    this.subscriptions = subscriptionCalls(connection);
    this.taxRates = taxRateCalls(connection);
    this.usage = usageCalls(connection);
    this.webhooks = webhookCalls(connection);
  }
}
