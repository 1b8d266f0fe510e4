import type { DatabaseSync } from "node:sqlite";
import { buildApp } from "fauxqs";

/** The part of a fauxqs queue that is used here. */
export interface FauxQueue {
  readonly name: string;
  readonly attributes: Record<string, string>;
  url: string;
  persistence?: unknown;
  readonly inflightMessages: ReadonlyMap<string, { readonly message: { approximateReceiveCount: number } }>;
  getAttribute(name: string): string | undefined;
  setAttributes(attributes: Record<string, string>): void;
  dequeue(...args: unknown[]): unknown;
}

/** The part of fauxqs' queue store that is used here. */
export interface FauxQueueStore {
  host: string;
  region?: string;
  persistence?: unknown;
  allQueues(): Iterable<FauxQueue>;
  getQueueByName(name: string): FauxQueue | undefined;
  createQueue(name: string, url: string, arn: string, attributes: Record<string, string>): FauxQueue;
}

interface FauxTopicStore {
  persistence?: unknown;
}

/** The part of fauxqs' bucket store that is used here. */
export interface FauxBucketStore {
  persistence?: unknown;
  hasBucket(name: string): boolean;
  createBucket(name: string): void;
}

/** What fauxqs keeps in SQLite. */
export interface FauxPersistence {
  readonly db: DatabaseSync;
  load(queues: FauxQueueStore, topics: FauxTopicStore, buckets: FauxBucketStore): void;
  transaction(action: () => void): void;
  updateMessageReady(messageId: string): void;
  close(): void;
}

/** The pieces that fauxqs is put together from. */
export interface FauxParts {
  readonly queues: FauxQueueStore;
  readonly topics: FauxTopicStore;
  readonly buckets: FauxBucketStore;
  open(folder: string): FauxPersistence;
  app(): ReturnType<typeof buildApp>;
}

/**
 * Takes fauxqs apart. Its own start listens on all interfaces, and its `buildApp`, which does not, leaves persistence to
 * the caller; the pieces that takes are not among its exports, so they are imported by their files.
 */
export async function fauxqsParts(): Promise<FauxParts> {
  const entry = import.meta.resolve("fauxqs");
  const part = async (file: string): Promise<Record<string, new (...args: unknown[]) => unknown>> =>
    import(new URL(file, entry).href);
  const make = async <T>(file: string, name: string, ...args: unknown[]): Promise<T> => {
    const module = await part(file);
    const Part = module[name];
    if (Part === undefined) throw new Error(`this version of fauxqs has no ${name} in ${file}`);
    return new Part(...args) as T;
  };
  const { PersistenceManager } = await part("./persistence.js");
  if (PersistenceManager === undefined) throw new Error("this version of fauxqs keeps nothing: 2.4 or later does");
  const queues = await make<FauxQueueStore>("./sqs/sqsStore.js", "SqsStore");
  const topics = await make<FauxTopicStore>("./sns/snsStore.js", "SnsStore");
  const buckets = await make<FauxBucketStore>("./s3/s3Store.js", "S3Store");
  const stores = { sqsStore: queues, snsStore: topics, s3Store: buckets };
  return {
    queues,
    topics,
    buckets,
    open: (folder) => new PersistenceManager(folder) as FauxPersistence,
    app: () => buildApp({ logger: false, stores } as unknown as Parameters<typeof buildApp>[0]),
  };
}
