import type { Seal } from "@farthing/billing";
import type { Mutation } from "./mutation.ts";
import { override } from "./override.ts";
import { dawn } from "./timeline.ts";

const statementsFirst: Mutation = {
  rule: 4,
  name: "a reader reads statements before it reads bundles",
  breaks: /a reader/,
  stores: (stores, { kind }) => {
    if (kind !== "reader") return stores;
    const { log, shardPlans } = stores;
    const early = new Map<string, Awaited<ReturnType<typeof log.entriesOfHours>>>();
    const shardPlan: typeof shardPlans.shardPlan = async (merchant, how) => {
      for (const { id } of (await stores.customers.customers(merchant, { limit: 9 })).customers) {
        const all = await log.entriesFrom({ merchant, customer: id }, 1);
        early.set(
          id,
          [...all].sort((a, b) => a.hour - b.hour || a.number - b.number),
        );
      }
      return await shardPlans.shardPlan(merchant, how);
    };
    const entriesOfHours: typeof log.entriesOfHours = async ({ customer }, from, to) =>
      (early.get(customer) ?? []).filter(({ hour }) => from <= hour && hour < to);
    return { ...stores, shardPlans: override(shardPlans, { shardPlan }), log: override(log, { entriesOfHours }) };
  },
};

const readsWeakly: Mutation = {
  rule: 4,
  name: "a reader's statements lag behind by one",
  breaks: /a reader missed/,
  stores: (stores, { kind }) => {
    if (kind !== "reader") return stores;
    const { log } = stores;
    const entriesOfHours: typeof log.entriesOfHours = async (customer, from, to) => {
      const entries = await log.entriesOfHours(customer, from, to);
      const newest = Math.max(...entries.map(({ number }) => number));
      return entries.filter(({ number }) => number < newest);
    };
    return { ...stores, log: override(log, { entriesOfHours }) };
  },
};

const forgetsVoids: Mutation = {
  rule: 5,
  name: "a void that an earlier seal met does not stand against later copies",
  breaks: /billed against the rule/,
  stores: (stores, { kind }) => {
    if (kind !== "settle") return stores;
    const { seals } = stores;
    const without = (seal: Seal | undefined) => seal && { ...seal, voids: [] };
    return {
      ...stores,
      seals: override(seals, { latestSeal: async (customer) => without(await seals.latestSeal(customer)) }),
    };
  },
};

const newestFirst: Mutation = {
  rule: 5,
  name: "of copies in one roll the last received counts",
  breaks: /entry \d+ counts t\d+ before t\d+/,
  stores: (stores) => {
    const { journal } = stores;
    const turned = <Item extends { readonly receivedAt: number }>(item: Item): Item => ({
      ...item,
      receivedAt: 2 * dawn - item.receivedAt,
    });
    return {
      ...stores,
      journal: override(journal, {
        bundles: async (at, after) => {
          const page = await journal.bundles(at, after);
          return { ...page, bundles: page.bundles.map(turned) };
        },
        bundle: async (at, digest) => {
          const bundle = await journal.bundle(at, digest);
          return bundle && turned(bundle);
        },
      }),
    };
  },
};

const skipsPhaseOne: Mutation = {
  rule: 7,
  name: "a settlement rolls nothing before it seals",
  breaks: /leaves .* out, which was answered/,
  stores: (stores, { kind }) => {
    if (kind !== "settle") return stores;
    const { journal, progress } = stores;
    return {
      ...stores,
      journal: override(journal, { bundles: async () => ({ bundles: [] }), marks: async () => [] }),
      progress: override(progress, { raiseRolledThrough: async () => undefined }),
    };
  },
};

const forgetsSettlement: Mutation = {
  rule: 7,
  name: "a settlement that repeats does not find the seal that it made",
  breaks: /sealed a customer twice/,
  stores: (stores, { kind }) => {
    if (kind !== "settle") return stores;
    const { seals } = stores;
    const nameless = (seal: Seal | undefined) => seal && { ...seal, settlement: "another" };
    return {
      ...stores,
      seals: override(seals, {
        latestSeal: async (customer) => nameless(await seals.latestSeal(customer)),
        seal: async (customer, number) => nameless(await seals.seal(customer, number)),
      }),
    };
  },
};

/** Rules 4, 5 and 7 broken: what readers and settlements look at. */
export const readMutations: readonly Mutation[] = [
  statementsFirst,
  readsWeakly,
  forgetsVoids,
  newestFirst,
  skipsPhaseOne,
  forgetsSettlement,
];
