import { isDeepStrictEqual } from "node:util";
import { getInvoice, listCharges, type MicroCharge } from "@farthing/billing";
import { expectOk } from "@farthing/money";
import { readReport } from "./check-conservation.ts";
import { questionsOf, readUsage } from "./check-usage.ts";
import { type Account, readEvidence } from "./evidence.ts";
import { identityOf } from "./facts.ts";
import { Run } from "./run-story.ts";
import { day } from "./spans.ts";
import type { Story } from "./story.ts";

/** What a month comes to, without what hangs on the course of it: ids of runs, moments of sealing, roots of logs. */
export interface Outcome {
  readonly counted: readonly string[];
  readonly invoices: readonly unknown[];
  readonly charges: readonly unknown[];
  readonly usage: readonly unknown[];
  readonly report: Readonly<Record<string, number>>;
}

/** Lets a story happen and tells what it comes to. */
export async function outcomeOf(story: Story): Promise<Outcome> {
  const run = new Run(story);
  await run.begin();
  for (const scene of story.scenes) await run.tell(scene);
  const { accounts } = await readEvidence(run);
  const range = { from: story.begins - 41 * day, to: story.ends + 2 * day };
  const usage: unknown[] = [];
  // The same questions however many scenes there were.
  const asked = { story, now: run.now, happened: run.happened.filter(({ deed }) => deed.do === "meter") };
  for (const question of questionsOf(asked, range)) usage.push((await readUsage(run, question)).rows);
  const { billed, free, unmetered, open, gap } = await readReport(run, range);
  const bills = await Promise.all(accounts.map((account) => billsOf(run, account)));
  return {
    counted: accounts.flatMap(countedOf),
    invoices: bills.flatMap(({ invoices }) => invoices),
    charges: bills.flatMap(({ charges }) => charges),
    usage,
    report: { billed, free, unmetered, open, gap },
  };
}

/** The identities that count when all is sealed, by the log and what seals struck of it. */
function countedOf({ rows, seals }: Account): readonly string[] {
  const struck = new Set(seals.flatMap((seal) => seal.struck.map(({ entry, row }) => `${entry}/${row}`)));
  const counted = rows.filter(({ part, entry, row }) => part === "event" && !struck.has(`${entry}/${row}`));
  return counted.map(({ answered: { fact, time } }) => `${identityOf(fact)} ${time}`).sort();
}

/** What is drawn shows times that differ. */
const noPrinter = { print: async () => new Uint8Array() };

async function billsOf({ ports, merchant }: Run, { customer, seals }: Account) {
  const invoices: unknown[] = [];
  const charges: unknown[] = [];
  for (const { number, invoices: sealed } of seals) {
    for (const { currency } of sealed) {
      const id = `inv_${customer}_${number}_${currency}`;
      const document = expectOk(await getInvoice({ ...ports.settling, printer: noPrinter }, { merchant, id }));
      const { id: _, root, settlement, sealedAt, dueAt, history, ...rest } = document;
      invoices.push(rest);
      const { items } = expectOk(await listCharges(ports.settling, { merchant, id, limit: 100_000 }));
      charges.push(items satisfies readonly MicroCharge[]);
    }
  }
  return { invoices, charges };
}

/** Where two outcomes differ, in words; undefined where they are the same. */
export function differenceOf(a: Outcome, b: Outcome): string | undefined {
  for (const name of ["counted", "invoices", "charges", "usage"] as const) {
    const length = Math.max(a[name].length, b[name].length);
    for (let at = 0; at < length; at++) {
      const [one, other] = [a[name][at], b[name][at]];
      if (!isDeepStrictEqual(one, other)) return `${name} ${at}: ${textOf(one)}\nis now ${textOf(other)}`;
    }
  }
  const [one, other] = [textOf(a.report), textOf(b.report)];
  return one === other ? undefined : `the report: ${one} is now ${other}`;
}

function textOf(value: unknown): string {
  return JSON.stringify(value, (_, part: unknown) => (typeof part === "bigint" ? part.toString() : part)) ?? "nothing";
}
