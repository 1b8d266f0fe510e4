import { checkBooks } from "./check-books.ts";
import { checkConservation } from "./check-conservation.ts";
import { checkLogs } from "./check-logs.ts";
import { checkMoney } from "./check-money.ts";
import { checkNumbers } from "./check-numbers.ts";
import { checkSameAgain } from "./check-same-again.ts";
import { checkSeals } from "./check-seals.ts";
import { checkSettlements } from "./check-settlements.ts";
import { checkUsageAtRest } from "./check-usage-at-rest.ts";
import type { History } from "./history.ts";
import { quarantinedKeys, readLedger } from "./ledger.ts";

/** Checks every invariant of the protocol on what a history left behind. */
export async function checkAtRest(history: History): Promise<void> {
  const ledger = await readLedger(history);
  const quarantined = await quarantinedKeys(history);
  checkLogs(history, ledger, quarantined);
  await checkSeals(history, ledger);
  await checkMoney(history, ledger);
  await checkSettlements(history, ledger);
  await checkNumbers(history);
  await checkBooks(history);
  await checkUsageAtRest(history, ledger);
  await checkConservation(history, ledger, quarantined);
  await checkSameAgain(history, ledger, quarantined);
}
