import { mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import * as v from "valibot";

/** How far a trigger got in a shard: the last sequence number dealt with, and whether the shard is finished. */
export interface ShardPosition {
  readonly after?: string | undefined;
  readonly finished?: boolean | undefined;
}

/** Positions of stream triggers that outlive the process. */
export interface Checkpoints {
  read(trigger: string, shard: string): ShardPosition;
  write(trigger: string, shard: string, position: ShardPosition): void;
}

const Position = v.strictObject({ after: v.optional(v.string()), finished: v.optional(v.boolean()) });
const File = v.record(v.string(), v.record(v.string(), Position));

function load(file: string): Map<string, Map<string, ShardPosition>> {
  let text: string;
  try {
    text = readFileSync(file, "utf8");
  } catch {
    return new Map();
  }
  const triggers = Object.entries(v.parse(File, JSON.parse(text)));
  return new Map(triggers.map(([trigger, shards]) => [trigger, new Map(Object.entries(shards))]));
}

/**
 * Keeps positions in one file, written beside it and renamed, so that a killed process leaves the old or the new one.
 * A position lost to a crash only means that records come again, which streams do anyway.
 * Without a file, memory keeps them.
 */
export function openCheckpoints(file: string | undefined): Checkpoints {
  const positions = file === undefined ? new Map<string, Map<string, ShardPosition>>() : load(file);
  function save(): void {
    if (file === undefined) return;
    mkdirSync(dirname(file), { recursive: true });
    const plain = Object.fromEntries([...positions].map(([trigger, shards]) => [trigger, Object.fromEntries(shards)]));
    writeFileSync(`${file}.new`, JSON.stringify(plain));
    renameSync(`${file}.new`, file);
  }
  return {
    read: (trigger, shard) => positions.get(trigger)?.get(shard) ?? {},
    write(trigger, shard, position) {
      const shards = positions.get(trigger) ?? new Map<string, ShardPosition>();
      positions.set(trigger, shards.set(shard, position));
      save();
    },
  };
}
