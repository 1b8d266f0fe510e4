import type {
  AccountLog,
  ChargeIndexes,
  Customers,
  InvoiceIndex,
  InvoiceNumbers,
  Seals,
  SettlementQueue,
  Settlements,
  Subscriptions,
} from "@farthing/billing";
import {
  memoryAccountLog,
  memoryChargeIndexes,
  memoryCustomers,
  memoryInvoiceIndex,
  memoryInvoiceNumbers,
  memorySeals,
  memorySettlementQueue,
  memorySettlements,
  memorySubscriptions,
  type SettlementAsk,
} from "@farthing/billing/memory";
import type { Books } from "@farthing/ledger";
import { memoryBooks } from "@farthing/ledger/memory";
import type { Journal, MeterSets, RollProgress, RollQueue, ShardPlans, StatementLog } from "@farthing/metering";
import {
  memoryJournal,
  memoryMeterSets,
  memoryRollProgress,
  memoryRollQueue,
  memoryShardPlans,
  memoryStatementLog,
  type RollAsk,
} from "@farthing/metering/memory";
import type { Plans } from "@farthing/pricing";
import { memoryPlans } from "@farthing/pricing/memory";

/** Every port that the protocol writes or reads through. */
export interface Stores {
  readonly journal: Journal;
  readonly progress: RollProgress;
  readonly shardPlans: ShardPlans;
  readonly meters: MeterSets;
  readonly log: StatementLog;
  readonly rollQueue: RollQueue;
  readonly customers: Customers;
  readonly subscriptions: Subscriptions;
  readonly seals: Seals;
  readonly account: AccountLog;
  readonly settlements: Settlements;
  readonly invoices: InvoiceIndex;
  readonly numbers: InvoiceNumbers;
  readonly books: Books;
  readonly settlementQueue: SettlementQueue;
  readonly indexes: ChargeIndexes;
  readonly plans: Plans;
}

/** The stores of one history, with the messages that its queues hold. */
export interface World {
  readonly stores: Stores;
  readonly rollAsks: RollAsk[];
  readonly settlementAsks: SettlementAsk[];
}

/** A world in memory, its pages short enough that small histories turn them. */
export function memoryWorld(): World {
  const rollQueue = memoryRollQueue();
  const settlementQueue = memorySettlementQueue();
  const stores: Stores = {
    journal: memoryJournal({ bundlesPerPage: 2 }),
    progress: memoryRollProgress(),
    shardPlans: memoryShardPlans(),
    meters: memoryMeterSets(),
    log: memoryStatementLog(),
    rollQueue,
    customers: memoryCustomers(),
    subscriptions: memorySubscriptions(),
    seals: memorySeals(),
    account: memoryAccountLog(),
    settlements: memorySettlements(),
    invoices: memoryInvoiceIndex(),
    numbers: memoryInvoiceNumbers(),
    books: memoryBooks(),
    settlementQueue,
    indexes: memoryChargeIndexes(),
    plans: memoryPlans(),
  };
  return { stores, rollAsks: rollQueue.asked, settlementAsks: settlementQueue.asked };
}
