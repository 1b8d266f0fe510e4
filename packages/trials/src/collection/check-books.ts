import {
  type Collection,
  type CollectionFact,
  dayOf,
  fromRail,
  invoiceId,
  reconcile,
  stripeCurrencies,
} from "@farthing/billing";
import { currency, noMoney, picosFrom } from "@farthing/money";
import { expect } from "vitest";
import { type CollectingWorld, day, merchant, start } from "./collecting-world.ts";

/** Every collection that was opened. */
export async function collectionsOf({ stores }: CollectingWorld, settlement = "st_1"): Promise<readonly Collection[]> {
  const { entries } = await stores.invoices.invoicesOfSettlement(merchant, settlement, { limit: 100_000 });
  const found = await Promise.all(entries.map((entry) => stores.collections.collection(entry)));
  return found.filter((one) => one !== undefined);
}

/** All facts of a world so far. */
export async function factsOf(world: CollectingWorld): Promise<readonly CollectionFact[]> {
  const facts: CollectionFact[] = [];
  for (let at = start - day; at <= world.now() + day; at += day)
    facts.push(...(await world.stores.collections.facts(merchant, dayOf(at))));
  return facts;
}

/**
 * What holds at rest: each invoice was paid, written off or withdrawn, at most one charge was taken for it, and our books
 * are what the rail holds, to the cent.
 */
export async function checkAtRest(world: CollectingWorld): Promise<void> {
  const { shelves } = world.stripe;
  const collections = await collectionsOf(world);
  for (const { status, notices, dueAt } of collections) {
    expect(["paid", "written_off", "withdrawn"]).toContain(status);
    expect({ notices, dueAt }).toEqual({ notices: [], dueAt: undefined });
  }
  const taken = shelves.all("charge").filter(({ decline }) => decline === null);
  const byInvoice = Map.groupBy(taken, ({ metadata }) => metadata.invoice);
  for (const [invoice, charges] of byInvoice)
    expect({ invoice, charges: charges.length }).toEqual({ invoice, charges: 1 });
  const paid = collections.filter(({ status }) => status === "paid").map(invoiceId);
  expect(paid.sort()).toEqual([...byInvoice.keys()].sort());
  await checkMoney(world, collections);
}

async function checkMoney(world: CollectingWorld, collections: readonly Collection[]): Promise<void> {
  const { shelves } = world.stripe;
  const held = new Map(shelves.all("movement").map(({ id, ...movement }) => [id, movement]));
  const facts = await factsOf(world);
  const posted = facts.flatMap((fact) => ("movement" in fact ? [fact.movement] : []));
  expect(posted.map(({ id }) => id).sort()).toEqual([...held.keys()].sort());
  for (const { id, amount, fee } of posted) {
    const theirs = held.get(id);
    const code = currency((theirs?.currency ?? "usd").toUpperCase());
    const money = (count = 0) => fromRail(stripeCurrencies, BigInt(count), code);
    expect({ amount, fee }).toEqual({ amount: money(theirs?.amount), fee: money(theirs?.fee) });
  }
  const causes = facts.map(({ cause }) => cause);
  expect(new Set(causes).size).toBe(causes.length);
  const writtenOff = facts.filter(({ kind }) => kind === "write_off").map(invoiceId);
  expect(writtenOff.sort()).toEqual(
    collections
      .filter(({ status }) => status === "written_off")
      .map(invoiceId)
      .sort(),
  );
  for (const { refunds, amount } of collections) {
    const given = refunds.filter(({ status }) => status === "done").reduce((sum, one) => sum + one.amount, 0n);
    expect(given <= amount).toBe(true);
  }
}

/** A reconciliation over everything finds the two sides equal. */
export async function checkReconciled(world: CollectingWorld): Promise<void> {
  world.pass(day);
  const found = await reconcile(world.stores, merchant);
  expect(found).toMatchObject({ unmatched: [] });
  for (const { ours, theirs, ourFees, theirFees } of found?.totals ?? [])
    expect({ ours, ourFees }).toEqual({ ours: theirs, ourFees: theirFees });
  const sum = (found?.totals ?? []).reduce((all, { ours }) => all + ours, noMoney as bigint);
  expect(picosFrom(sum) >= noMoney).toBe(true);
}
