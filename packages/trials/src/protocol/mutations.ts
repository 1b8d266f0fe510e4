import type { Seal } from "@farthing/billing";
import { decodeAll, hourPlus, type Mark, type ShardHour, type ShardPlan, type ShardRef } from "@farthing/metering";
import type { Mutation } from "./mutation.ts";
import { override } from "./override.ts";
import { dawn } from "./timeline.ts";

const minute = 60_000;
/** An answered event that its readers and its settlement do not see. */
const unseen = /a reader missed|leaves .* out, which was answered/;
/** An event that no statement names, or that nobody sees although it was answered. */
const lost = /stands in 0 entries|a reader missed|leaves .* out, which was answered/;

/** Rule 1: a writer's clock is a minute behind, so that it answers without a mark when the hour is over. */
const lateWriter: Mutation = {
  rule: 1,
  name: "a writer looks at a clock that is a minute slow",
  breaks: unseen,
  clockShiftMs: (kind) => (kind === "writer" ? -minute : 0),
};

const earlyRoll: Mutation = {
  rule: 1,
  name: "a regular roll starts a minute early",
  breaks: unseen,
  clockShiftMs: (kind) => (kind === "hours" ? minute : 0),
};

const raisesFirst: Mutation = {
  rule: 1,
  name: "a roll raises `rolled` before the hour's statements",
  breaks: unseen,
  stores: (stores, { kind }) => {
    if (kind !== "hours") return stores;
    const { journal, progress } = stores;
    const bundles: typeof journal.bundles = async (at, after) => {
      if (after === undefined) await progress.raiseRolledThrough(at, at.hour);
      return await journal.bundles(at, after);
    };
    return { ...stores, journal: override(journal, { bundles }) };
  },
};

const skipsHours: Mutation = {
  rule: 1,
  name: "a roll passes over the first hour that was missed",
  breaks: lost,
  stores: (stores, { kind }) => {
    if (kind !== "hours") return stores;
    const { progress } = stores;
    const rolledThrough: typeof progress.rolledThrough = async (shard) => {
      const rolled = await progress.rolledThrough(shard);
      return rolled === undefined ? undefined : hourPlus(rolled, 1);
    };
    return { ...stores, progress: override(progress, { rolledThrough }) };
  },
};

const removesUnread: Mutation = {
  rule: 2,
  name: "a late roll removes all marks that are there at its end",
  breaks: lost,
  stores: (stores, { kind }) => {
    if (kind !== "marks" && kind !== "sweep") return stores;
    const { journal } = stores;
    const removeMark: typeof journal.removeMark = async (shard, id) => {
      await journal.removeMark(shard, id);
      for (const mark of await journal.marks(shard)) await journal.removeMark(shard, mark.id);
    };
    return { ...stores, journal: override(journal, { removeMark }) };
  },
};

const removesBefore: Mutation = {
  rule: 2,
  name: "a late roll removes marks before their statements exist",
  breaks: lost,
  stores: (stores, { kind }) => {
    if (kind !== "marks" && kind !== "sweep") return stores;
    const { journal } = stores;
    const marks: typeof journal.marks = async (shard) => {
      const all = await journal.marks(shard);
      for (const mark of all) await journal.removeMark(shard, mark.id);
      return all;
    };
    return { ...stores, journal: override(journal, { marks }) };
  },
};

const neverSweeps: Mutation = { rule: 2, name: "nothing ever sweeps", breaks: lost, skips: (kind) => kind === "sweep" };

/** The journal tells its caller of the conflict, who then takes the bundle for done. */
const skipsMark: Mutation = {
  rule: 3,
  name: "a writer that finds its own content leaves the mark out",
  breaks: lost,
  stores: (stores, { kind }) => {
    if (kind !== "writer") return stores;
    const { journal } = stores;
    const found = new Set<string>();
    const putBundle: typeof journal.putBundle = async (at, bundle) => {
      if ((await journal.bundle(at, bundle.digest)) !== undefined) found.add(bundle.digest);
      else await journal.putBundle(at, bundle);
    };
    const putMark: typeof journal.putMark = async (shard, mark) => {
      if (!mark.bundles.every(({ digest }) => found.has(digest))) await journal.putMark(shard, mark);
    };
    return { ...stores, journal: override(journal, { putBundle, putMark }) };
  },
};

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

const growsAtOnce: Mutation = {
  rule: 6,
  name: "a new shard count takes effect at once for some writers",
  breaks: lost,
  stores: (stores, { kind, request }) => {
    if (kind !== "writer" || request === undefined || request % 2 === 0) return stores;
    const { shardPlans } = stores;
    const atOnce = ({ steps }: ShardPlan): ShardPlan => ({
      steps: [{ from: steps[0].from, count: steps.at(-1)?.count ?? 1 }],
    });
    const shardPlan: typeof shardPlans.shardPlan = async (merchant, how) =>
      atOnce(await shardPlans.shardPlan(merchant, how));
    return { ...stores, shardPlans: override(shardPlans, { shardPlan }) };
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

const dropsQuarantine: Mutation = {
  rule: 8,
  name: "marks of damaged bundles are removed",
  breaks: /has no mark|in 0 entries/,
  stores: (stores, { kind }) => {
    if (kind === "writer") return stores;
    const { journal } = stores;
    const damaged = async (shard: ShardRef, { bundles }: Mark) => {
      const found = await Promise.all(bundles.map(({ hour, digest }) => journal.bundle({ ...shard, hour }, digest)));
      return decodeAll(found.filter((bundle) => bundle !== undefined)).quarantined.length > 0;
    };
    const marks: typeof journal.marks = async (shard) => {
      const all = await journal.marks(shard);
      for (const mark of all) if (await damaged(shard, mark)) await journal.removeMark(shard, mark.id);
      return all;
    };
    const putMark: typeof journal.putMark = async (shard, mark) => {
      if (!(await damaged(shard, mark))) await journal.putMark(shard, mark);
    };
    return { ...stores, journal: override(journal, { marks, putMark }) };
  },
};

const dropsCounts: Mutation = {
  rule: 8,
  name: "bundles are stored without their counts",
  breaks: /as accepted/,
  stores: (stores, { kind }) => {
    if (kind !== "writer") return stores;
    const { journal } = stores;
    const putBundle = (at: ShardHour, bundle: Parameters<typeof journal.putBundle>[1]) =>
      journal.putBundle(at, { ...bundle, events: 0 });
    return { ...stores, journal: override(journal, { putBundle }) };
  },
};

/** The design's rules, each broken in the ways that ports allow. */
export const mutations: readonly Mutation[] = [
  lateWriter,
  earlyRoll,
  raisesFirst,
  skipsHours,
  removesUnread,
  removesBefore,
  neverSweeps,
  skipsMark,
  statementsFirst,
  readsWeakly,
  forgetsVoids,
  newestFirst,
  growsAtOnce,
  skipsPhaseOne,
  forgetsSettlement,
  dropsQuarantine,
  dropsCounts,
];
