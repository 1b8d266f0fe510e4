import type { Seal, Settlement, Subscription } from "@farthing/billing";
import { decodeAll, type Fact, type Page, pagesOf, type Statement } from "@farthing/metering";
import { customerId } from "@farthing/money";
import { type AnsweredFact, answeredFacts, factKey } from "./answered.ts";
import { identityOf } from "./facts.ts";
import type { Run } from "./run-story.ts";

/** A row of a customer's log: which fact it names, and as what. */
export interface LoggedRow {
  readonly entry: number;
  /** Its place among the rows of its entry. */
  readonly row: number;
  readonly part: "event" | "void" | "duplicate" | "conflict";
  readonly answered: AnsweredFact;
}

/** What the product holds of one customer. */
export interface Account {
  readonly customer: string;
  readonly rows: readonly LoggedRow[];
  readonly seals: readonly Seal[];
  readonly subscriptions: readonly Subscription[];
}

/** What the product holds when it is looked at: in which order it took things in, and what it made of them. */
export interface Evidence {
  readonly accounts: readonly Account[];
  readonly settlements: readonly Settlement[];
  /** How often each fact is stored, by its key. */
  readonly stored: ReadonlyMap<string, number>;
  readonly strangers: readonly string[];
}

/** Reads what the product holds. */
export async function readEvidence(run: Run): Promise<Evidence> {
  const facts = answeredFacts(run.happened);
  const strangers: string[] = [];
  const accounts: Account[] = [];
  for (const { id } of run.story.customers) {
    const ref = { merchant: run.merchant, customer: customerId(id) };
    const { log, seals, subscriptions } = run.world.stores;
    const rows: LoggedRow[] = [];
    for (const statement of await log.entriesFrom(ref, 1)) {
      const pages = await pagesOf(log, ref, statement);
      rows.push(...rowsOf(statement, pages, { facts, strangers }));
    }
    accounts.push({
      customer: id,
      rows,
      seals: await seals.seals(ref),
      subscriptions: await subscriptions.subscriptionsOf(run.merchant, ref.customer),
    });
  }
  const { settlements } = await run.world.stores.settlements.settlements(run.merchant, { limit: 10_000 });
  return { accounts, settlements, stored: storedFacts(run.bundles), strangers };
}

function rowsOf(
  { number, counts }: Statement,
  pages: readonly Page[],
  { facts, strangers }: { readonly facts: ReadonlyMap<string, AnsweredFact>; readonly strangers: string[] },
): readonly LoggedRow[] {
  const parts = (["event", "void", "duplicate", "conflict"] as const).flatMap((part) =>
    Array.from({ length: counts[`${part}s`] }, () => part),
  );
  const named = pages.flatMap((page) => Array.from({ length: page.count }, (_, row) => page.fact(row)));
  if (named.length !== parts.length) strangers.push(`entry ${number} counts other rows than it has`);
  return named.flatMap((fact, at) => {
    const answered = facts.get(keyOfFact(fact));
    const part = parts[at];
    if (answered === undefined) strangers.push(`entry ${number} holds ${identityOf(fact)}, which nobody sent`);
    return answered === undefined || part === undefined ? [] : [{ entry: number, row: at, part, answered }];
  });
}

/** How often each fact is stored: bundles are kept by their shard-hour and digest, so the same request is stored once. */
function storedFacts(bundles: Run["bundles"]): ReadonlyMap<string, number> {
  const stored = new Map<string, number>();
  for (const { bundle } of decodeAll([...bundles.values()]).decoded) {
    for (let row = 0; row < bundle.count; row++) {
      const key = keyOfFact(bundle.fact(row));
      stored.set(key, (stored.get(key) ?? 0) + 1);
    }
  }
  return stored;
}

/** Names a stored fact as the test names it. */
function keyOfFact(stored: Fact): string {
  const { kind, customer, id, source, time, serverTime } = stored;
  const common = { customer, id, source, time: serverTime ? undefined : time };
  if (kind === "void") return factKey({ fact: { kind, ...common }, time });
  const { tag } = stored.data;
  const data = { tag: typeof tag === "string" ? tag : "" };
  return factKey({ fact: { kind, ...common, type: stored.type, data }, time });
}
