import type { MerchantId } from "@farthing/money";
import type { BundleDigest } from "./codec/bundle.ts";
import { packBundles } from "./codec/index.ts";
import type { Fact } from "./event.ts";
import { Gathering } from "./gathering.ts";
import type { Journal, Mark } from "./journal.ts";
import { marksOf } from "./mark.ts";
import type { ShardHour, ShardRef } from "./shard.ts";

/** Stores facts of several requests in bundles that they share, and names those bundles. Units: milliseconds since 1970. */
export interface FactWriter {
  putFacts(at: ShardHour, facts: readonly Fact[], receivedAt: number): Promise<readonly BundleDigest[]>;
}

/** A bundle is one item of at most this size. Units: bytes. */
export const maxBundleBytes = 128 * 1024;

/** A request with more events than this has bundles of its own. */
export const mostShared = 1_000;

/** How many requests share one write at most. */
const requestsTogether = 20;

interface Brought {
  readonly at: ShardHour;
  readonly facts: readonly Fact[];
  readonly receivedAt: number;
}

/**
 * Lets requests that are under way at once share bundles: a bundle costs a write, whether it has one event or a thousand.
 *
 * A shared bundle was received when the first of its facts was. A resend finds no bundle of its own there, so what it
 * stores again is known for a copy by the roll: requests with an idempotency key do not come here.
 */
export function sharedBundles(journal: Pick<Journal, "putBundle">): FactWriter {
  const gathering = new Gathering<Brought, readonly BundleDigest[]>(async (_, brought) => {
    const at = brought[0]?.at;
    if (at === undefined) return [];
    const receivedAt = Math.min(...brought.map((one) => one.receivedAt));
    const packed = packBundles(
      brought.flatMap(({ facts }) => facts),
      { maxBytes: maxBundleBytes },
    );
    for (const bundle of packed) await journal.putBundle(at, { ...bundle, receivedAt });
    return packed.map(({ digest }) => digest);
  }, requestsTogether);
  return {
    putFacts: (at, facts, receivedAt) => gathering.put(`${keyOf(at)}/${at.hour}`, { at, facts, receivedAt }),
  };
}

type WrittenJournal = Pick<Journal, "putBundle" | "putMark">;

/** Lets requests that are under way at once share the marks of a shard: a mark may name the bundles of several. */
export function sharedMarks(journal: WrittenJournal): WrittenJournal {
  const gathering = new Gathering<{ readonly shard: ShardRef; readonly mark: Mark }, void>(async (_, brought) => {
    const shard = brought[0]?.shard;
    if (shard === undefined) return;
    for (const mark of merged(brought.map(({ mark: one }) => one))) await journal.putMark(shard, mark);
  }, requestsTogether);
  return {
    putBundle: (at, bundle) => journal.putBundle(at, bundle),
    putMark: (shard, mark) => gathering.put(keyOf(shard), { shard, mark }),
  };
}

function keyOf({ merchant, shard }: { readonly merchant: MerchantId; readonly shard: number }): string {
  return `${merchant}/${shard}`;
}

/** As few marks as name all bundles of these, each once. */
function merged(marks: readonly Mark[]): readonly Mark[] {
  const [only] = marks;
  if (marks.length === 1 && only !== undefined) return [only];
  const named = new Map(marks.flatMap(({ bundles }) => bundles).map((one) => [`${one.hour}:${one.digest}`, one]));
  return marksOf([...named.values()]);
}
