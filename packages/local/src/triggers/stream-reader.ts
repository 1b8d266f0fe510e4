import {
  DescribeStreamCommand,
  type DynamoDBStreamsClient,
  GetRecordsCommand,
  GetShardIteratorCommand,
  type Shard,
} from "@aws-sdk/client-dynamodb-streams";
import type { Checkpoints } from "./checkpoints.ts";
import { type StreamRecord, streamRecord } from "./stream-record.ts";

/** What one read of a shard found. */
export interface ShardRead {
  readonly shard: string;
  readonly records: readonly StreamRecord[];
  /** The shard is closed, and this was the last of it. */
  readonly ended: boolean;
}

/** Reads a stream from where its trigger left off, parents before children. */
export interface StreamReader {
  /** The shards that may be read now. */
  shards(): Promise<readonly string[]>;
  read(shard: string): Promise<ShardRead>;
  /** Whether there is nothing to read in any shard, without moving on. */
  atEnd(): Promise<boolean>;
  /** Forgets where it is in a shard, to begin again from the checkpoint. */
  rewind(shard: string): void;
}

const discoverEachMs = 10_000;

const lostPlace = new Set(["ExpiredIteratorException", "TrimmedDataAccessException"]);

class Reader implements StreamReader {
  readonly #client: DynamoDBStreamsClient;
  readonly #arn: string;
  readonly #trigger: string;
  readonly #checkpoints: Checkpoints;
  readonly #iterators = new Map<string, string>();
  #known: readonly Shard[] = [];
  #discoverAt = 0;

  constructor(client: DynamoDBStreamsClient, arn: string, trigger: string, checkpoints: Checkpoints) {
    this.#client = client;
    this.#arn = arn;
    this.#trigger = trigger;
    this.#checkpoints = checkpoints;
  }

  async shards(): Promise<readonly string[]> {
    if (Date.now() >= this.#discoverAt) {
      this.#known = await this.#discover();
      this.#discoverAt = Date.now() + discoverEachMs;
    }
    const ids = new Set(this.#known.map(({ ShardId }) => ShardId));
    const open = (id: string): boolean => !this.#checkpoints.read(this.#trigger, id).finished;
    return this.#known.flatMap(({ ShardId, ParentShardId }) => {
      if (ShardId === undefined || !open(ShardId)) return [];
      const waits = ParentShardId !== undefined && ids.has(ParentShardId) && open(ParentShardId);
      return waits ? [] : [ShardId];
    });
  }

  async read(shard: string): Promise<ShardRead> {
    const { records, next } = await this.#get(shard);
    if (next === undefined) {
      this.#iterators.delete(shard);
      this.#discoverAt = 0;
    } else this.#iterators.set(shard, next);
    return { shard, records, ended: next === undefined };
  }

  async atEnd(): Promise<boolean> {
    const shards = await this.shards();
    for (const shard of shards) {
      const { records, next } = await this.#get(shard);
      if (records.length > 0 || next === undefined) return false;
    }
    return shards.length > 0;
  }

  rewind(shard: string): void {
    this.#iterators.delete(shard);
  }

  async #discover(): Promise<Shard[]> {
    const found: Shard[] = [];
    let from: string | undefined;
    do {
      const command = new DescribeStreamCommand({ StreamArn: this.#arn, ExclusiveStartShardId: from });
      const { StreamDescription } = await this.#client.send(command);
      found.push(...(StreamDescription?.Shards ?? []));
      from = StreamDescription?.LastEvaluatedShardId;
    } while (from !== undefined);
    return found;
  }

  async #get(shard: string): Promise<{ records: StreamRecord[]; next: string | undefined }> {
    try {
      const iterator = this.#iterators.get(shard) ?? (await this.#open(shard, false));
      return await this.#fetch(iterator);
    } catch (error) {
      if (!(error instanceof Error) || !lostPlace.has(error.name)) throw error;
      // What the stream no longer holds cannot be read by anyone: go on with what it still has.
      return this.#fetch(await this.#open(shard, error.name === "TrimmedDataAccessException"));
    }
  }

  async #fetch(iterator: string): Promise<{ records: StreamRecord[]; next: string | undefined }> {
    const answer = await this.#client.send(new GetRecordsCommand({ ShardIterator: iterator, Limit: 1000 }));
    const records = (answer.Records ?? []).map((raw) => streamRecord(raw, this.#arn));
    return { records, next: answer.NextShardIterator };
  }

  async #open(shard: string, fromStart: boolean): Promise<string> {
    const { after } = this.#checkpoints.read(this.#trigger, shard);
    // Both starting positions are the same here, for a table and its trigger come into being together.
    const position =
      after === undefined || fromStart
        ? { ShardIteratorType: "TRIM_HORIZON" as const }
        : { ShardIteratorType: "AFTER_SEQUENCE_NUMBER" as const, SequenceNumber: after };
    const command = new GetShardIteratorCommand({ StreamArn: this.#arn, ShardId: shard, ...position });
    const { ShardIterator } = await this.#client.send(command);
    if (ShardIterator === undefined) throw new Error(`the stream gave no iterator for shard ${shard}`);
    this.#iterators.set(shard, ShardIterator);
    return ShardIterator;
  }
}

/** Reads the stream of one trigger, which has positions of its own. */
export function createStreamReader(
  client: DynamoDBStreamsClient,
  stream: { readonly arn: string; readonly trigger: string },
  checkpoints: Checkpoints,
): StreamReader {
  return new Reader(client, stream.arn, `${stream.trigger} ${stream.arn}`, checkpoints);
}
