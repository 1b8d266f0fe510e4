import type { MerchantId } from "@farthing/money";
import type {
  Backfill,
  BackfillQueue,
  BackfillRef,
  BackfillStatus,
  Backfills,
  StagedBundle,
  Staging,
} from "./backfill.ts";
import type { BundleDigest } from "./codec/bundle.ts";
import { frozenCopy } from "./frozen-copy.ts";
import type { StoredBundle } from "./journal.ts";
import { checkBlob } from "./memory-limits.ts";
import type { ShardHour } from "./shard.ts";

/** Backfills in memory. */
export function memoryBackfills(): Backfills {
  return new MemoryBackfills();
}

/** Staged bundles in memory. */
export function memoryStaging({ bundlesPerPage = 100 }: { readonly bundlesPerPage?: number } = {}): Staging {
  return new MemoryStaging(bundlesPerPage);
}

/** Work that was asked for. */
export interface BackfillAsk extends BackfillRef {
  readonly shard?: number;
}

/** A queue of work on backfills in memory: tests take from `asked`. */
export function memoryBackfillQueue(): BackfillQueue & { readonly asked: BackfillAsk[] } {
  const asked: BackfillAsk[] = [];
  return {
    asked,
    async askForBackfill({ merchant, name }, shard) {
      asked.push({ merchant, name, ...(shard === undefined ? {} : { shard }) });
    },
  };
}

const closing: ReadonlySet<BackfillStatus> = new Set(["committing", "moving", "dropping", "clearing"]);

class MemoryBackfills implements Backfills {
  readonly #all = new Map<string, Backfill>();

  async createBackfill(backfill: Backfill): Promise<"created" | "exists"> {
    if (this.#all.has(keyOf(backfill))) return "exists";
    this.#all.set(keyOf(backfill), frozenCopy(backfill));
    return "created";
  }

  async backfill(of: BackfillRef): Promise<Backfill | undefined> {
    return this.#all.get(keyOf(of));
  }

  async backfills(merchant: MerchantId, { limit, after = "" }: { limit: number; after?: string | undefined }) {
    const mine = [...this.#all.values()].filter((one) => one.merchant === merchant && one.name > after);
    const backfills = mine.sort((a, b) => (a.name < b.name ? -1 : 1)).slice(0, limit);
    const last = backfills.at(-1);
    return mine.length > limit && last !== undefined ? { backfills, next: last.name } : { backfills };
  }

  async advanceBackfill(backfill: Backfill, from: BackfillStatus): Promise<"advanced" | "stale"> {
    if (this.#all.get(keyOf(backfill))?.status !== from) return "stale";
    this.#all.set(keyOf(backfill), frozenCopy(backfill));
    return "advanced";
  }

  async closingBackfills(): Promise<readonly Backfill[]> {
    return [...this.#all.values()].filter(({ status }) => closing.has(status));
  }
}

class MemoryStaging implements Staging {
  readonly #bundlesPerPage: number;
  readonly #staged = new Map<string, Map<string, StagedBundle>>();

  constructor(bundlesPerPage: number) {
    this.#bundlesPerPage = bundlesPerPage;
  }

  async stageBundle(of: BackfillRef, { shard, hour }: ShardHour, bundle: StoredBundle): Promise<void> {
    checkBlob(bundle.blob);
    const staged = this.#staged.get(shardKey(of, shard)) ?? new Map<string, StagedBundle>();
    this.#staged.set(shardKey(of, shard), staged);
    const key = stagedKey(hour, bundle.digest);
    if (!staged.has(key)) staged.set(key, frozenCopy({ hour, bundle }));
  }

  async stagedBundles(
    of: BackfillRef,
    shard: number,
    { after = "", limit = this.#bundlesPerPage }: { after?: string | undefined; limit?: number | undefined } = {},
  ) {
    const staged = this.#staged.get(shardKey(of, shard)) ?? new Map<string, StagedBundle>();
    const rest = [...staged.keys()].filter((key) => key > after).sort();
    const keys = rest.slice(0, limit);
    const bundles = keys.flatMap((key) => staged.get(key) ?? []);
    const last = keys.at(-1);
    return rest.length > keys.length && last !== undefined ? { bundles, next: last } : { bundles };
  }

  async unstageBundle(of: BackfillRef, { shard, hour }: ShardHour, digest: BundleDigest): Promise<void> {
    this.#staged.get(shardKey(of, shard))?.delete(stagedKey(hour, digest));
  }
}

function keyOf({ merchant, name }: BackfillRef): string {
  return `${merchant}#${name}`;
}

function shardKey(of: BackfillRef, shard: number): string {
  return `${keyOf(of)}#${shard}`;
}

function stagedKey(hour: number, digest: BundleDigest): string {
  return `${String(hour).padStart(7, "0")}#${digest}`;
}
