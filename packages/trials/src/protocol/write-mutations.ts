import { decodeAll, type Mark, type ShardHour, type ShardPlan, type ShardRef } from "@farthing/metering";
import { lost, type Mutation } from "./mutation.ts";
import { override } from "./override.ts";

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

/** Rules 3, 6 and 8 broken: what writers leave behind for rolls. */
export const writeMutations: readonly Mutation[] = [skipsMark, growsAtOnce, dropsQuarantine, dropsCounts];
