import type { MerchantId } from "@farthing/money";
import type { BundleDigest, PackedBundle } from "./codec/bundle.ts";
import type { Hour } from "./hour.ts";
import type { ShardHour, ShardPlan, ShardRef } from "./shard.ts";

/** A bundle as it lies in the journal; `receivedAt` is its first writer's, in milliseconds, and no part of its digest. */
export interface StoredBundle extends PackedBundle {
  readonly receivedAt: number;
}

/** Says that bundles of one request, or of several at once, reached a shard when their hours were over, or about to be. */
export interface Mark {
  readonly id: string;
  readonly bundles: readonly { readonly hour: Hour; readonly digest: BundleDigest }[];
}

/** Some of the bundles of a shard-hour, and where to read on. */
export interface BundlePage {
  readonly bundles: readonly StoredBundle[];
  readonly next?: string;
}

/** Where bundles and marks are kept. Every read is strong: it shows all that was written before it began. */
export interface Journal {
  /** Creates a bundle under its digest; where it already lies, leaves it as the first writer made it. */
  putBundle(at: ShardHour, bundle: StoredBundle): Promise<void>;
  /** Reads a shard-hour page by page, in order of digests. */
  bundles(at: ShardHour, after?: string): Promise<BundlePage>;
  /** Reads one bundle. */
  bundle(at: ShardHour, digest: BundleDigest): Promise<StoredBundle | undefined>;
  /** Writes a mark; the same mark may be written again. */
  putMark(shard: ShardRef, mark: Mark): Promise<void>;
  /** Reads all marks of a shard. */
  marks(shard: ShardRef): Promise<readonly Mark[]>;
  /** Removes a mark; one that is gone stays gone. */
  removeMark(shard: ShardRef, id: string): Promise<void>;
}

/** Which bundles rolls have worked off in a shard-hour, for the sweep to compare with. */
export interface RollRecord {
  readonly digests: readonly BundleDigest[];
  /** Bundles that did not decode: named here and kept, their counts in every report. */
  readonly quarantined: readonly BundleDigest[];
}

/** How far each shard was rolled. */
export interface RollProgress {
  /** The hour through which the shard was rolled in order; `undefined` before its first roll. Strong. */
  rolledThrough(shard: ShardRef): Promise<Hour | undefined>;
  /** Raises that hour; a lower one changes nothing. */
  raiseRolledThrough(shard: ShardRef, hour: Hour): Promise<void>;
  /** Adds to what was worked off in a shard-hour; the same again changes nothing. */
  recordRoll(at: ShardHour, record: RollRecord): Promise<void>;
  /** All that was worked off in a shard-hour. Strong. */
  rollRecord(at: ShardHour): Promise<RollRecord>;
  /** Through which hour the sweep has compared this shard's sets; `undefined` before its first. */
  sweptThrough(shard: ShardRef): Promise<Hour | undefined>;
  /** Raises that hour; a lower one changes nothing. */
  raiseSweptThrough(shard: ShardRef, hour: Hour): Promise<void>;
}

/** Where a merchant's shard counts are kept. */
export interface ShardPlans {
  /** The merchant's plan; `fresh` asks the store, else an answer up to five minutes old may do. */
  shardPlan(merchant: MerchantId, how?: { readonly fresh: boolean }): Promise<ShardPlan>;
  /** Creates a merchant's first plan; one that is there stays. */
  startShardPlan(merchant: MerchantId, plan: ShardPlan): Promise<void>;
  /** Replaces the plan if it is still the one that was read; else "taken". */
  changeShardPlan(merchant: MerchantId, from: ShardPlan, to: ShardPlan): Promise<"changed" | "taken">;
  /** Every merchant that has a plan, page by page, for the schedules. */
  merchants(after?: MerchantId): Promise<{ readonly merchants: readonly MerchantId[]; readonly next?: MerchantId }>;
}

/** Wakes late rolls, at most once a shard and ten minutes. */
export interface RollQueue {
  /** Asks for a roll of a shard, now or after a delay. Units: seconds, 900 at most. */
  askForRoll(shard: ShardRef, reason: RollReason, delaySeconds?: number): Promise<void>;
  /** Claims a shard's window of time for one late roll; false where another already has. Units: `untilMs` in milliseconds. */
  claimWake(shard: ShardRef, window: number, untilMs: number): Promise<boolean>;
}

/** Why a shard is rolled: its hours closed, marks arrived, or the sweep of unmarked bundles is due. */
export type RollReason = "hours" | "marks" | "sweep";
