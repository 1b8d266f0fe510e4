import { override } from "../protocol/override.ts";
import type { Stores } from "../protocol/stores.ts";

/** A fault that the product could have, made by stores that answer wrongly, and what the simulation has to say of it. */
export interface Spoiler {
  readonly name: string;
  readonly shows: RegExp;
  readonly spoil: (stores: Stores) => Stores;
}

/** Faults that the simulation has to find: a comparison that finds none of them proves nothing. */
export const spoilers: readonly Spoiler[] = [
  {
    name: "some bundles are answered for, and not stored",
    shows: /was answered, and is not stored/,
    spoil: (stores) => {
      const { journal } = stores;
      const putBundle: typeof journal.putBundle = async (at, bundle) => {
        if (!bundle.digest.startsWith("0")) await journal.putBundle(at, bundle);
      };
      return { ...stores, journal: override(journal, { putBundle }) };
    },
  },
  {
    name: "late events are not marked",
    shows: /is stored 1 times, and stands in undefined rows/,
    spoil: (stores) => ({ ...stores, journal: override(stores.journal, { putMark: async () => undefined }) }),
  },
  {
    name: "rolls do not look into the hours around",
    shows: /counts beside a copy of its hour/,
    spoil: (stores) => {
      const { log } = stores;
      const entriesOfHours: typeof log.entriesOfHours = async (customer, from, to) =>
        to - from > 3 ? await log.entriesOfHours(customer, from, to) : [];
      return { ...stores, log: override(log, { entriesOfHours }) };
    },
  },
  {
    name: "a void that was sealed is forgotten",
    shows: /events voided, not/,
    spoil: (stores) => {
      const { seals } = stores;
      const appendSeal: typeof seals.appendSeal = (seal) => seals.appendSeal({ ...seal, voids: [] });
      return { ...stores, seals: override(seals, { appendSeal }) };
    },
  },
  {
    name: "what was carried is forgotten",
    shows: /carriedIn is/,
    spoil: (stores) => {
      const { seals } = stores;
      const appendSeal: typeof seals.appendSeal = (seal) => seals.appendSeal({ ...seal, carries: {} });
      return { ...stores, seals: override(seals, { appendSeal }) };
    },
  },
  {
    name: "days and months are those of UTC",
    shows: /there is no line of/,
    spoil: (stores) => {
      const { subscriptions } = stores;
      const subscriptionsOf: typeof subscriptions.subscriptionsOf = async (merchant, customer) =>
        (await subscriptions.subscriptionsOf(merchant, customer)).map((one) => ({ ...one, timezone: "UTC" }));
      return { ...stores, subscriptions: override(subscriptions, { subscriptionsOf }) };
    },
  },
  {
    name: "bills leave filters out",
    shows: /exact is .*, not/,
    spoil: (stores) => {
      const { meters } = stores;
      const metersAt: typeof meters.metersAt = async (merchant, revision) => {
        const set = await meters.metersAt(merchant, revision);
        return { ...set, meters: set.meters.map(({ filter: _, ...meter }) => meter) };
      };
      return { ...stores, meters: override(meters, { metersAt }) };
    },
  },
];
