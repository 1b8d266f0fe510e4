import { createHash } from "node:crypto";
import type { BundleDigest } from "../codec/bundle.ts";
import { digestBytes } from "../codec/frame.ts";
import type { Hour } from "../hour.ts";
import type { RollProgress } from "../journal.ts";
import type { ShardHour, ShardRef } from "../shard.ts";
import { progressEntity } from "./progress.entity.ts";
import { rollRecordEntity } from "./roll-record.entity.ts";
import { type DynamoTable, strongly, stronglyAll, took, writing } from "./table.ts";

type Step = "rolled" | "swept";

/** Progress of rolls over the Log table. A raise writes one item; a record writes one for each 9,000 bundles, and may be written again. */
export function dynamoRollProgress(log: DynamoTable): RollProgress {
  const records = rollRecordEntity(log);
  const { hourOf, raise } = shardSteps(log);
  return {
    rolledThrough: (shard) => hourOf(shard, "rolled"),
    sweptThrough: (shard) => hourOf(shard, "swept"),
    raiseRolledThrough: (shard, hour) => raise(shard, "rolled", hour),
    raiseSweptThrough: (shard, hour) => raise(shard, "swept", hour),
    async recordRoll({ merchant, shard, hour }, record) {
      for (const item of [...partsOf("rolled", record.digests), ...partsOf("quarantined", record.quarantined)]) {
        await records.put({ merchant, shard, hour, ...item }).go(writing);
      }
    },
    async rollRecord({ merchant, shard, hour }: ShardHour) {
      const { data } = await records.query.primary({ merchant, shard, hour }).go(stronglyAll);
      const all = (wanted: string) => data.flatMap(({ kind, digests }) => (kind === wanted ? digestsOf(digests) : []));
      return { digests: distinct(all("rolled")), quarantined: distinct(all("quarantined")) };
    },
  };
}

function shardSteps(log: DynamoTable) {
  const progress = progressEntity(log);
  return {
    hourOf: async ({ merchant, shard }: ShardRef, step: Step): Promise<Hour | undefined> =>
      (await progress.get({ merchant, shard, step }).go(strongly)).data?.hour,
    raise: async ({ merchant, shard }: ShardRef, step: Step, hour: Hour): Promise<void> => {
      const put = progress
        .put({ merchant, shard, step, hour })
        .where((is, { notExists, lt }) => `${notExists(is.hour)} OR ${lt(is.hour, hour)}`);
      await took(put.go(writing));
    },
  };
}

const digestsPerItem = 9_000;

/** An item's id is a digest of what it holds, so that the same record makes the same items. */
function partsOf(kind: "rolled" | "quarantined", digests: readonly BundleDigest[]) {
  const sorted = [...new Set(digests)].sort();
  return Array.from({ length: Math.ceil(sorted.length / digestsPerItem) }, (_, part) => {
    const slice = sorted.slice(part * digestsPerItem, (part + 1) * digestsPerItem);
    const bytes = Buffer.concat(slice.map(bytesOf));
    return { kind, id: createHash("sha256").update(`${kind}#`).update(bytes).digest("base64url"), digests: bytes };
  });
}

function bytesOf(digest: BundleDigest): Buffer {
  const bytes = Buffer.from(digest, "base64url");
  if (bytes.byteLength !== digestBytes) throw new Error("not a digest of a bundle");
  return bytes;
}

function digestsOf(bytes: Uint8Array): BundleDigest[] {
  const all = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return Array.from({ length: bytes.byteLength / digestBytes }, (_, index) => {
    const one = all.subarray(index * digestBytes, (index + 1) * digestBytes);
    return one.toString("base64url") as BundleDigest;
  });
}

function distinct(digests: readonly BundleDigest[]): readonly BundleDigest[] {
  return [...new Set(digests)].sort();
}
