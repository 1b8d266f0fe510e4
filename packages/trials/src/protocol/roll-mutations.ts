import { hourPlus } from "@farthing/metering";
import { lost, type Mutation, unseen } from "./mutation.ts";
import { override } from "./override.ts";

const minute = 60_000;

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

/** Rules 1 and 2 broken: when hours are rolled, and when marks may go. */
export const rollMutations: readonly Mutation[] = [
  lateWriter,
  earlyRoll,
  raisesFirst,
  skipsHours,
  removesUnread,
  removesBefore,
  neverSweeps,
];
