import { parseArgs } from "node:util";
import type { FeeRule } from "@farthing/billing";
import { FarthingClient } from "@farthing/sdk";
import { policyTable } from "./policy-table.ts";
import { type NamedPolicy, readPolicy, usualPolicies } from "./policy-text.ts";
import { type BilledHistory, readHistory } from "./read-history.ts";
import { simulatePolicy } from "./simulate-policy.ts";

const usage = `npm run policies -- --url <url> --key <key> [--fee <percent>+<fixed>] [policy ...]
A policy is "every", or any of at=<amount>, after=<days>, end=day|week|month, joined by commas.
By default the merchant's own fee table is used, and these policies: ${usualPolicies.join(" ")}`;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { url: { type: "string" }, key: { type: "string" }, fee: { type: "string" } },
});
const read = (positionals.length === 0 ? usualPolicies : positionals).map(readPolicy);
const wrong = read.find((one) => !one.ok);
const [, percent, fixed] = /^(\d{1,2}(?:\.\d{1,6})?)\+(\d{1,12}(?:\.\d{1,6})?)$/.exec(values.fee ?? "") ?? [];

if (values.url === undefined || values.key === undefined || (values.fee !== undefined && percent === undefined)) {
  console.error(usage);
  process.exitCode = 2;
} else if (wrong !== undefined && !wrong.ok) {
  console.error(`${wrong.error.message}\n\n${usage}`);
  process.exitCode = 2;
} else {
  const history = await readHistory(new FarthingClient({ url: values.url, key: values.key }));
  const policies = read.flatMap((one) => (one.ok ? [one.value] : []));
  for (const one of history) console.log(tableOf(one, policies));
}

function tableOf({ currency, steps, fee: own }: BilledHistory, policies: readonly NamedPolicy[]): string {
  const named: FeeRule | undefined =
    percent === undefined || fixed === undefined ? own : { method: "payment", currency, percent, fixed };
  if (named === undefined) return `${currency}: the merchant names no fee for it; say one with --fee 2.9+0.30\n`;
  const outcomes = policies.map((policy) => simulatePolicy(steps, policy, named));
  return policyTable(currency, named, outcomes);
}
