import { parseArgs } from "node:util";
import { err, ok, type Result } from "@farthing/money";
import { attempt, type BadArgument, badArgument } from "../support/bad-argument.ts";
import { type NamedPolicy, readPolicy, usualPolicies } from "./policy-text.ts";

/** How the command is used. */
export const usage = `npm run policies -- --url <url> --key <key> [--fee <percent>+<fixed>] [policy ...]
A policy is "every", or any of at=<amount>, after=<days>, end=day|week|month, joined by commas.
By default the merchant's own fee table is used, and these policies: ${usualPolicies.join(" ")}`;

/** Whose history is replayed, under which policies and at which fee, if not the merchant's own. */
export interface PolicyArguments {
  readonly url: string;
  readonly key: string;
  readonly fee: { readonly percent: string; readonly fixed: string } | undefined;
  readonly policies: readonly NamedPolicy[];
}

const options = { url: { type: "string" }, key: { type: "string" }, fee: { type: "string" } } as const;
const Fee = /^(\d{1,2}(?:\.\d{1,6})?)\+(\d{1,12}(?:\.\d{1,6})?)$/;

/** Reads the command's arguments. Errors: `bad_argument`. */
export function readArguments(args: readonly string[]): Result<PolicyArguments, BadArgument> {
  const given = attempt(() => parseArgs({ args: [...args], allowPositionals: true, options }));
  if (!given.ok) return given;
  const { values, positionals } = given.value;
  const { url, key, fee } = values;
  if (url === undefined || key === undefined) return err(badArgument("--url and --key say whose history it is"));
  const [, percent, fixed] = Fee.exec(fee ?? "") ?? [];
  const named = percent === undefined || fixed === undefined ? undefined : { percent, fixed };
  if (fee !== undefined && named === undefined) return err(badArgument(`--fee ${fee} is no fee such as 2.9+0.30`));
  const policies: NamedPolicy[] = [];
  for (const text of positionals.length === 0 ? usualPolicies : positionals) {
    const policy = readPolicy(text);
    if (!policy.ok) return err(badArgument(policy.error.message));
    policies.push(policy.value);
  }
  return ok({ url, key, fee: named, policies });
}
