import type { BundleDigest } from "./codec/bundle.ts";
import type { Hour } from "./hour.ts";
import type { RollProgress, RollQueue, RollReason, RollRecord } from "./journal.ts";
import type { ShardHour, ShardRef } from "./shard.ts";

/** The progress of rolls in memory. */
export function memoryRollProgress(): RollProgress {
  return new MemoryRollProgress();
}

/** What was asked of a queue of rolls. Units: seconds. */
export interface RollAsk {
  readonly shard: ShardRef;
  readonly reason: RollReason;
  readonly delaySeconds: number;
}

/** A queue of rolls in memory: tests read what was asked from `asked`, and take from it. */
export function memoryRollQueue(): RollQueue & { readonly asked: RollAsk[] } {
  const asked: RollAsk[] = [];
  const claimed = new Set<string>();
  return {
    asked,
    async askForRoll({ merchant, shard }, reason, delaySeconds = 0) {
      asked.push({ shard: { merchant, shard }, reason, delaySeconds });
    },
    async claimWake(shard, window) {
      const key = `${shardKey(shard)}#${window}`;
      return !claimed.has(key) && claimed.add(key).has(key);
    },
  };
}

class MemoryRollProgress implements RollProgress {
  readonly #rolled = new Map<string, Hour>();
  readonly #swept = new Map<string, Hour>();
  readonly #records = new Map<string, { digests: Set<BundleDigest>; quarantined: Set<BundleDigest> }>();

  async rolledThrough(shard: ShardRef): Promise<Hour | undefined> {
    return this.#rolled.get(shardKey(shard));
  }

  async raiseRolledThrough(shard: ShardRef, hour: Hour): Promise<void> {
    raise(this.#rolled, shard, hour);
  }

  async recordRoll(at: ShardHour, { digests, quarantined }: RollRecord): Promise<void> {
    const known = this.#records.get(hourKey(at));
    this.#records.set(hourKey(at), {
      digests: new Set([...(known?.digests ?? []), ...digests]),
      quarantined: new Set([...(known?.quarantined ?? []), ...quarantined]),
    });
  }

  async rollRecord(at: ShardHour): Promise<RollRecord> {
    const known = this.#records.get(hourKey(at));
    return { digests: [...(known?.digests ?? [])].sort(), quarantined: [...(known?.quarantined ?? [])].sort() };
  }

  async sweptThrough(shard: ShardRef): Promise<Hour | undefined> {
    return this.#swept.get(shardKey(shard));
  }

  async raiseSweptThrough(shard: ShardRef, hour: Hour): Promise<void> {
    raise(this.#swept, shard, hour);
  }
}

function raise(hours: Map<string, Hour>, shard: ShardRef, hour: Hour): void {
  const known = hours.get(shardKey(shard));
  if (known === undefined || known < hour) hours.set(shardKey(shard), hour);
}

function shardKey({ merchant, shard }: ShardRef): string {
  return `${merchant}#${shard}`;
}

function hourKey(at: ShardHour): string {
  return `${shardKey(at)}#${at.hour}`;
}
