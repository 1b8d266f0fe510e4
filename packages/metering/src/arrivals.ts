import type { MerchantId } from "@farthing/money";
import { type Hour, hourOf, hourPlus } from "./hour.ts";
import { inParallel } from "./in-parallel.ts";
import type { StoredBundle } from "./journal.ts";
import type { NewsStores } from "./news.ts";
import { type ShardHour, type ShardRef, shardsEver } from "./shard.ts";
import { latestHour } from "./shard-roll.ts";

/** A bundle with the hour of its events. */
export interface ArrivedBundle extends StoredBundle {
  readonly hour: Hour;
}

/** Bundles that may have arrived since a moment, others of their hours with them; `oneIn` says of how many one was read. */
export interface Arrivals {
  readonly bundles: readonly ArrivedBundle[];
  readonly oneIn: number;
}

/** How much one look reads of a shard-hour, and of what marks name: beyond that it samples. Units: bytes. */
export interface ArrivalLimits {
  readonly bytesPerHour: number;
  readonly markedPerShard: number;
}

const usual: ArrivalLimits = { bytesPerHour: 4_000_000, markedPerShard: 200 };
const shardsAtOnce = 16;
/** Hours that closed so lately are still looked at whole. Units: milliseconds. */
const closedLatelyMs = 10 * 60_000;

/** Looks at what arrives: bundles of the hours that are open or were lately, and those that marks name. */
export class ArrivalReader {
  readonly #stores: NewsStores;
  readonly #merchant: MerchantId;
  readonly #limits: ArrivalLimits;
  readonly #marked = new Map<string, ArrivedBundle>();

  constructor(stores: NewsStores, merchant: MerchantId, limits: ArrivalLimits = usual) {
    this.#stores = stores;
    this.#merchant = merchant;
    this.#limits = limits;
  }

  /** Reads what may have arrived after a moment; marks are read first. Units: milliseconds. */
  async since(moment: number): Promise<Arrivals> {
    const found = new Map<string, ArrivedBundle>();
    const shares: number[] = [];
    const from = hourOf(moment - closedLatelyMs);
    const plan = await this.#stores.plans.shardPlan(this.#merchant);
    await inParallel(shardsAtOnce, shardsEver(plan), async ({ shard }) => {
      const at = { merchant: this.#merchant, shard };
      const marked = await this.#markedBefore(at, from);
      for (let hour = from; hour <= latestHour(this.#stores.clock); hour = hourPlus(hour, 1)) {
        const { bundles, share } = await this.#partOf({ ...at, hour });
        if (bundles.length > 0) shares.push(share);
        for (const bundle of bundles) found.set(`${hour}/${bundle.digest}`, { ...bundle, hour });
      }
      if (marked.bundles.length > 0) shares.push(marked.share);
      for (const bundle of marked.bundles) found.set(`${bundle.hour}/${bundle.digest}`, bundle);
    });
    return { bundles: [...found.values()], oneIn: Math.max(1, Math.round(1 / Math.min(1, ...shares))) };
  }

  /** Digests are evenly spread, so a part of them in their order is a fair sample, and the same at every look. */
  async #partOf(at: ShardHour): Promise<{ readonly bundles: readonly StoredBundle[]; readonly share: number }> {
    const bundles: StoredBundle[] = [];
    let [bytes, after]: [number, string | undefined] = [0, undefined];
    while (bytes < this.#limits.bytesPerHour) {
      const page = await this.#stores.journal.bundles(at, after);
      bundles.push(...page.bundles);
      if (page.next === undefined) return { bundles, share: 1 };
      bytes += page.bundles.reduce((sum, { blob }) => sum + blob.length, 0);
      after = page.next;
    }
    return { bundles, share: shareBefore(after ?? "") };
  }

  async #markedBefore(shard: ShardRef, from: Hour): Promise<{ bundles: readonly ArrivedBundle[]; share: number }> {
    const { markedPerShard } = this.#limits;
    const marks = await this.#stores.journal.marks(shard);
    const names = marks.flatMap(({ bundles }) => bundles).filter(({ hour }) => hour < from);
    const bundles: ArrivedBundle[] = [];
    for (const { hour, digest } of names.slice(-markedPerShard)) {
      const known = this.#marked.get(`${hour}/${digest}`);
      const stored = known ?? (await this.#stores.journal.bundle({ ...shard, hour }, digest));
      if (stored === undefined) continue;
      const bundle = { ...stored, hour };
      this.#marked.set(`${hour}/${digest}`, bundle);
      bundles.push(bundle);
    }
    return { bundles, share: names.length === 0 ? 1 : Math.min(1, markedPerShard / names.length) };
  }
}

/** The letters of base64url in the order in which texts are sorted. */
const letters = "-0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz";

/** Which share of all digests comes before one. */
function shareBefore(digest: string): number {
  const [first, second] = [letters.indexOf(digest[0] ?? ""), letters.indexOf(digest[1] ?? "")];
  return Math.max(first * 64 + second + 1, 1) / 4096;
}
