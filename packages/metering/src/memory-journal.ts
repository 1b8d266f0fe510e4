import type { BundleDigest } from "./codec/bundle.ts";
import { frozenCopy } from "./frozen-copy.ts";
import type { BundlePage, Journal, Mark, StoredBundle } from "./journal.ts";
import { checkBlob } from "./memory-limits.ts";
import type { ShardHour, ShardRef } from "./shard.ts";

interface MemoryJournalOptions {
  readonly bundlesPerPage?: number;
}

/** A journal in memory. */
export function memoryJournal({ bundlesPerPage = 100 }: MemoryJournalOptions = {}): Journal {
  return new MemoryJournal(bundlesPerPage);
}

class MemoryJournal implements Journal {
  readonly #bundlesPerPage: number;
  readonly #bundles = new Map<string, Map<string, StoredBundle>>();
  readonly #marks = new Map<string, Map<string, Mark>>();

  constructor(bundlesPerPage: number) {
    this.#bundlesPerPage = bundlesPerPage;
  }

  async putBundle(at: ShardHour, bundle: StoredBundle): Promise<void> {
    checkBlob(bundle.blob);
    const stored = within(this.#bundles, hourKey(at));
    if (!stored.has(bundle.digest)) stored.set(bundle.digest, frozenCopy(bundle));
  }

  async bundles(at: ShardHour, after = ""): Promise<BundlePage> {
    const stored = this.#bundles.get(hourKey(at)) ?? new Map<string, StoredBundle>();
    const rest = [...stored.keys()].filter((digest) => digest > after).sort();
    const digests = rest.slice(0, this.#bundlesPerPage);
    const bundles = digests.flatMap((digest) => copyOf(stored.get(digest)) ?? []);
    const last = digests.at(-1);
    return rest.length > digests.length && last !== undefined ? { bundles, next: last } : { bundles };
  }

  async bundle(at: ShardHour, digest: BundleDigest): Promise<StoredBundle | undefined> {
    return copyOf(this.#bundles.get(hourKey(at))?.get(digest));
  }

  async putMark(shard: ShardRef, mark: Mark): Promise<void> {
    within(this.#marks, shardKey(shard)).set(mark.id, frozenCopy(mark));
  }

  async marks(shard: ShardRef): Promise<readonly Mark[]> {
    return [...(this.#marks.get(shardKey(shard))?.values() ?? [])].sort((a, b) => (a.id < b.id ? -1 : 1));
  }

  async removeMark(shard: ShardRef, id: string): Promise<void> {
    this.#marks.get(shardKey(shard))?.delete(id);
  }
}

function copyOf(bundle: StoredBundle | undefined): StoredBundle | undefined {
  return bundle && { ...bundle, blob: bundle.blob.slice() };
}

function within<T>(outer: Map<string, Map<string, T>>, key: string): Map<string, T> {
  const known = outer.get(key);
  if (known !== undefined) return known;
  const made = new Map<string, T>();
  outer.set(key, made);
  return made;
}

function shardKey({ merchant, shard }: ShardRef): string {
  return `${merchant}#${shard}`;
}

function hourKey(at: ShardHour): string {
  return `${shardKey(at)}#${at.hour}`;
}
