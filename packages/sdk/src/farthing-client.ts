import { backfillCalls } from "./backfills.ts";
import { type ConnectionOptions, connect } from "./connection.ts";
import { customerCalls } from "./customers.ts";
import { eventCalls } from "./events.ts";
import { invoiceCalls } from "./invoices.ts";
import { keyCalls } from "./keys.ts";
import { merchantCalls } from "./merchant.ts";
import { meterCalls } from "./meters.ts";
import { planCalls } from "./plans.ts";
import { reportCalls } from "./reports.ts";
import { settlementCalls } from "./settlements.ts";
import { shardCalls } from "./shards.ts";
import { subscriptionCalls } from "./subscriptions.ts";
import { usageCalls } from "./usage.ts";

/** The whole public API, a method a route. Every method throws `FarthingError` when the API refuses or cannot be reached. */
export class FarthingClient {
  readonly backfills: ReturnType<typeof backfillCalls>;
  readonly customers: ReturnType<typeof customerCalls>;
  readonly events: ReturnType<typeof eventCalls>;
  readonly invoices: ReturnType<typeof invoiceCalls>;
  readonly keys: ReturnType<typeof keyCalls>;
  readonly merchant: ReturnType<typeof merchantCalls>;
  readonly meters: ReturnType<typeof meterCalls>;
  readonly plans: ReturnType<typeof planCalls>;
  readonly reports: ReturnType<typeof reportCalls>;
  readonly settlements: ReturnType<typeof settlementCalls>;
  readonly shards: ReturnType<typeof shardCalls>;
  readonly subscriptions: ReturnType<typeof subscriptionCalls>;
  readonly usage: ReturnType<typeof usageCalls>;

  constructor(options: ConnectionOptions) {
    // People and pages wait for these answers, so they give up sooner than a batch of events does.
    const connection = connect({ attempts: 4, ...options });
    this.backfills = backfillCalls(connection);
    this.customers = customerCalls(connection);
    this.events = eventCalls(connection);
    this.invoices = invoiceCalls(connection);
    this.keys = keyCalls(connection);
    this.merchant = merchantCalls(connection);
    this.meters = meterCalls(connection);
    this.plans = planCalls(connection);
    this.reports = reportCalls(connection);
    this.settlements = settlementCalls(connection);
    this.shards = shardCalls(connection);
    this.subscriptions = subscriptionCalls(connection);
    this.usage = usageCalls(connection);
  }
}
