import type { AddressInfo } from "node:net";
import type { QueueSpec } from "../template/stores.ts";
import { localAccount, localRegion } from "../template/world.ts";
import { type FauxParts, type FauxPersistence, type FauxQueue, fauxqsParts } from "./fauxqs-parts.ts";

/** How full a queue is. */
export interface QueueDepth {
  readonly ready: number;
  readonly inFlight: number;
  readonly delayed: number;
}

/** The server of queues and buckets. */
export interface QueueServer {
  readonly url: string;
  queueUrl(name: string): string;
  ensureQueues(specs: readonly QueueSpec[]): void;
  ensureBuckets(names: readonly string[]): void;
  depth(name: string): QueueDepth;
  /** Lets a receipt of a message not count towards its dead letters; it takes effect with the message's next visibility. */
  forgive(name: string, receiptHandle: string): void;
  stop(): Promise<void>;
}

/**
 * Messages that were in flight when the process ended are free again, and the broken attempt does not count: it was the
 * machine that went away, not the function that failed.
 */
function freeInFlight(kept: FauxPersistence): void {
  kept.db.exec(`UPDATE sqs_messages
    SET receipt_handle = NULL, visibility_deadline = NULL,
        approximate_receive_count = MAX(0, approximate_receive_count - 1)
    WHERE receipt_handle IS NOT NULL`);
}

function openPersistence(parts: FauxParts, folder: string): FauxPersistence {
  const kept = parts.open(folder);
  // Enough against a killed process; only a power cut could lose the last writes.
  kept.db.exec("PRAGMA synchronous = NORMAL");
  freeInFlight(kept);
  parts.queues.region = localRegion;
  kept.load(parts.queues, parts.topics, parts.buckets);
  // fauxqs itself writes a null here that its own table refuses, and loses the message.
  const ready = kept.db.prepare(
    "UPDATE sqs_messages SET receipt_handle = NULL, visibility_deadline = NULL WHERE message_id = ?",
  );
  kept.updateMessageReady = (messageId) => {
    ready.run(messageId);
  };
  for (const store of [parts.queues, parts.topics, parts.buckets]) store.persistence = kept;
  return kept;
}

/** A message moves to its dead-letter queue in two writes; a process killed between them must not lose it. */
function keepWhole(queue: FauxQueue, kept: FauxPersistence): void {
  const dequeue = queue.dequeue.bind(queue);
  queue.dequeue = (...args) => {
    let messages: unknown;
    kept.transaction(() => {
      messages = dequeue(...args);
    });
    return messages;
  };
}

function ensureQueue(parts: FauxParts, spec: QueueSpec, url: string): FauxQueue {
  const existing = parts.queues.getQueueByName(spec.name);
  if (existing === undefined) {
    const arn = `arn:aws:sqs:${localRegion}:${localAccount}:${spec.name}`;
    return parts.queues.createQueue(spec.name, url, arn, { ...spec.attributes });
  }
  existing.url = url;
  existing.setAttributes({ RedrivePolicy: "", ...spec.attributes });
  return existing;
}

/** Opens fauxqs on the loopback interface. With a folder, messages and objects survive the process; else memory keeps them. */
export async function openQueueServer(folder?: string): Promise<QueueServer> {
  const parts = await fauxqsParts();
  const kept = folder === undefined ? undefined : openPersistence(parts, folder);
  const whole = new Set<FauxQueue>();
  // Queue URLs then carry the address that the request came to: the default host does not resolve everywhere.
  parts.queues.host = "";
  const app = parts.app();
  await app.listen({ port: 0, host: "127.0.0.1" });
  const { port } = app.server.address() as AddressInfo;
  const url = `http://127.0.0.1:${port}`;
  const queueUrl = (name: string): string => `${url}/${localAccount}/${name}`;
  return {
    url,
    queueUrl,
    ensureQueues(specs) {
      for (const spec of specs) {
        const queue = ensureQueue(parts, spec, queueUrl(spec.name));
        if (kept === undefined || whole.has(queue)) continue;
        queue.persistence = kept;
        keepWhole(queue, kept);
        whole.add(queue);
      }
    },
    ensureBuckets(names) {
      for (const name of names) if (!parts.buckets.hasBucket(name)) parts.buckets.createBucket(name);
    },
    depth(name) {
      const count = (attribute: string): number =>
        Number(parts.queues.getQueueByName(name)?.getAttribute(attribute) ?? 0);
      return {
        ready: count("ApproximateNumberOfMessages"),
        inFlight: count("ApproximateNumberOfMessagesNotVisible"),
        delayed: count("ApproximateNumberOfMessagesDelayed"),
      };
    },
    forgive(name, receiptHandle) {
      const message = parts.queues.getQueueByName(name)?.inflightMessages.get(receiptHandle)?.message;
      if (message !== undefined) message.approximateReceiveCount--;
    },
    async stop() {
      await app.close();
      kept?.close();
    },
  };
}
