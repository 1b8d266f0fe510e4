import {
  dynamoAccountLog,
  dynamoChargeIndexes,
  dynamoCustomers,
  dynamoInvoiceIndex,
  dynamoInvoiceNumbers,
  dynamoSeals,
  dynamoSettlements,
  dynamoSubscriptions,
} from "@farthing/billing/dynamo";
import { memorySettlementQueue } from "@farthing/billing/memory";
import { dynamoBooks } from "@farthing/ledger/dynamo";
import {
  dynamoJournal,
  dynamoMeterSets,
  dynamoRollProgress,
  dynamoShardPlans,
  dynamoStatementLog,
  dynamoWakeClaims,
} from "@farthing/metering/dynamo";
import { memoryRollQueue } from "@farthing/metering/memory";
import { dynamoPlans } from "@farthing/pricing/dynamo";
import { override } from "./override.ts";
import type { World } from "./stores.ts";

/** A table, as the stores take it. */
export type DynamoTable = Parameters<typeof dynamoJournal>[0];

/** A world whose stores are tables; its queues stay in memory, where the history delivers from. */
export function dynamoWorld({ journal, log, registry }: Record<"journal" | "log" | "registry", DynamoTable>): World {
  const rollQueue = memoryRollQueue();
  const settlementQueue = memorySettlementQueue();
  const statements = dynamoStatementLog(log);
  return {
    stores: {
      journal: dynamoJournal(journal),
      progress: dynamoRollProgress(log),
      shardPlans: dynamoShardPlans(registry),
      meters: dynamoMeterSets(registry),
      log: statements,
      rollQueue: override(rollQueue, { claimWake: dynamoWakeClaims(registry).claimWake }),
      customers: dynamoCustomers(registry),
      subscriptions: dynamoSubscriptions(registry),
      seals: dynamoSeals(log, statements),
      account: dynamoAccountLog(registry),
      settlements: dynamoSettlements(registry),
      invoices: dynamoInvoiceIndex(registry),
      numbers: dynamoInvoiceNumbers(registry),
      books: dynamoBooks(log),
      settlementQueue,
      indexes: dynamoChargeIndexes(log, statements),
      plans: dynamoPlans(registry),
    },
    rollAsks: rollQueue.asked,
    settlementAsks: settlementQueue.asked,
  };
}
