import type { MerchantId } from "@farthing/money";
import type { BundleDigest } from "./codec/bundle.ts";
import type { Hour } from "./hour.ts";
import type { StoredBundle } from "./journal.ts";
import type { ShardHour } from "./shard.ts";

/**
 * How far a backfill is. `committing` and `dropping` are counted, `moving` and `clearing` worked off; what began to close
 * never opens again.
 */
export type BackfillStatus = "open" | "committing" | "moving" | "committed" | "dropping" | "clearing" | "dropped";

/** What a backfill held when it was counted. Units: `first` and `last` in milliseconds of event time. */
export interface StagedCounts {
  readonly events: number;
  readonly customers: number;
  readonly first?: number;
  readonly last?: number;
}

/** A backfill of a merchant. */
export interface BackfillRef {
  readonly merchant: MerchantId;
  readonly name: string;
}

/** Events that wait apart under a name until they are committed or dropped as a whole. Units: times in milliseconds. */
export interface Backfill extends BackfillRef {
  readonly status: BackfillStatus;
  readonly createdAt: number;
  readonly closedAt?: number;
  readonly finishedAt?: number;
  /** Counted when it closed, before anything moved. */
  readonly counts?: StagedCounts;
}

/** The backfill takes no events and no other end any more. */
export interface BackfillClosed {
  readonly code: "backfill_closed";
  readonly detail: string;
}

/** The merchant has no such backfill. */
export interface BackfillNotFound {
  readonly code: "not_found";
}

/** Where backfills are kept. */
export interface Backfills {
  /** Creates a backfill; "exists" where its name was used before. */
  createBackfill(backfill: Backfill): Promise<"created" | "exists">;
  /** Reads one, strongly. */
  backfill(of: BackfillRef): Promise<Backfill | undefined>;
  /** A merchant's, in order of their names. */
  backfills(
    merchant: MerchantId,
    page: { readonly limit: number; readonly after?: string | undefined },
  ): Promise<{ readonly backfills: readonly Backfill[]; readonly next?: string }>;
  /** Replaces a backfill if it still has the status that was read. */
  advanceBackfill(backfill: Backfill, from: BackfillStatus): Promise<"advanced" | "stale">;
  /** Those of all merchants that are closing, for the schedule; may answer some seconds late. */
  closingBackfills(): Promise<readonly Backfill[]>;
}

/** A bundle that waits for its hour. */
export interface StagedBundle {
  readonly hour: Hour;
  readonly bundle: StoredBundle;
}

/** Where staged bundles wait: apart from the journal's hours, so that no roll, reader or report meets them. Reads are strong. */
export interface Staging {
  /** Creates a bundle under its hour and digest; where it already lies, leaves it as the first writer made it. */
  stageBundle(of: BackfillRef, at: ShardHour, bundle: StoredBundle): Promise<void>;
  /** Reads a shard's bundles page by page, in order of hours. */
  stagedBundles(
    of: BackfillRef,
    shard: number,
    page?: { readonly after?: string | undefined; readonly limit?: number | undefined },
  ): Promise<{ readonly bundles: readonly StagedBundle[]; readonly next?: string }>;
  /** Takes a bundle out; one that is gone stays gone. */
  unstageBundle(of: BackfillRef, at: ShardHour, digest: BundleDigest): Promise<void>;
}

/** Asks for work on closing backfills. */
export interface BackfillQueue {
  /** Asks to count a backfill and begin, or to work off one of its shards. */
  askForBackfill(of: BackfillRef, shard?: number): Promise<void>;
}

/** Why a backfill does not take what is asked of it. */
export function closed({ name, status }: Backfill): BackfillClosed {
  return { code: "backfill_closed", detail: `The backfill ${name} is ${shownStatus(status)}.` };
}

/** A status as people see it. */
export function shownStatus(status: BackfillStatus): "open" | "committing" | "committed" | "dropped" {
  if (status === "moving") return "committing";
  return status === "dropping" || status === "clearing" ? "dropped" : status;
}
