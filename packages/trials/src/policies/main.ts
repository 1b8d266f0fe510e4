import type { FeeRule } from "@farthing/billing";
import { FarthingClient } from "@farthing/sdk";
import { type PolicyArguments, readArguments, usage } from "./arguments.ts";
import { policyTable } from "./policy-table.ts";
import { type BilledHistory, readHistory } from "./read-history.ts";
import { simulatePolicy } from "./simulate-policy.ts";

const read = readArguments(process.argv.slice(2));
if (read.ok) {
  const { url, key } = read.value;
  for (const one of await readHistory(new FarthingClient({ url, key }))) console.log(tableOf(one, read.value));
} else {
  console.error(`${read.error.message}\n\n${usage}`);
  process.exitCode = 1;
}

function tableOf({ currency, steps, fee: own }: BilledHistory, { fee, policies }: PolicyArguments): string {
  const named: FeeRule | undefined = fee === undefined ? own : { method: "payment", currency, ...fee };
  if (named === undefined) return `${currency}: the merchant names no fee for it; say one with --fee 2.9+0.30\n`;
  const outcomes = policies.map((policy) => simulatePolicy(steps, policy, named));
  return policyTable(currency, named, outcomes);
}
