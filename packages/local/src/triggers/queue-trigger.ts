import {
  ChangeMessageVisibilityBatchCommand,
  DeleteMessageBatchCommand,
  type Message,
  ReceiveMessageCommand,
  type SQSClient,
} from "@aws-sdk/client-sqs";
import type { Lambda } from "../run/lambda.ts";
import type { StoreWatch } from "../stores/store-watch.ts";
import type { QueueTriggerSpec } from "../template/triggers.ts";
import { localRegion } from "../template/world.ts";
import { type BatchVerdict, batchVerdict } from "./batch-verdict.ts";
import { pause } from "./pause.ts";

/** What a queue trigger works with. */
export interface QueueTriggerOptions {
  readonly client: SQSClient;
  readonly queueUrl: string;
  readonly store: StoreWatch;
  /** Takes back that a message was received. */
  readonly forgive: (receiptHandle: string) => void;
  /** A failed message comes again after this long for each time it was received, not after the queue's whole timeout. */
  readonly retryAfterSeconds: number;
}

/** A trigger that runs until it is stopped. */
export interface Trigger {
  stop(): Promise<void>;
}

type Received = Message & { readonly MessageId: string; readonly ReceiptHandle: string };

const isWhole = (message: Message): message is Received =>
  message.MessageId !== undefined && message.ReceiptHandle !== undefined;

function recordOf(message: Received, queueArn: string): unknown {
  return {
    messageId: message.MessageId,
    receiptHandle: message.ReceiptHandle,
    body: message.Body ?? "",
    attributes: message.Attributes ?? {},
    messageAttributes: Object.fromEntries(
      Object.entries(message.MessageAttributes ?? {}).map(([name, { DataType, StringValue, BinaryValue }]) => [
        name,
        {
          dataType: DataType,
          stringValue: StringValue,
          binaryValue: BinaryValue === undefined ? undefined : Buffer.from(BinaryValue).toString("base64"),
        },
      ]),
    ),
    md5OfBody: message.MD5OfBody,
    eventSource: "aws:sqs",
    eventSourceARN: queueArn,
    awsRegion: localRegion,
  };
}

class QueueTrigger implements Trigger {
  readonly #spec: QueueTriggerSpec;
  readonly #target: Lambda;
  readonly #options: QueueTriggerOptions;
  readonly #abort = new AbortController();
  readonly #loops: Promise<void>[];

  constructor(spec: QueueTriggerSpec, target: Lambda, options: QueueTriggerOptions) {
    this.#spec = spec;
    this.#target = target;
    this.#options = options;
    const concurrency = Math.min(target.concurrency, spec.maximumConcurrency ?? target.concurrency);
    this.#loops = Array.from({ length: concurrency }, () => this.#loop());
  }

  async stop(): Promise<void> {
    this.#abort.abort();
    await Promise.all(this.#loops);
  }

  async #loop(): Promise<void> {
    while (!this.#abort.signal.aborted) {
      try {
        const messages = await this.#gather();
        if (messages.length > 0) await this.#deliver(messages);
      } catch {
        // The queue server is starting or stopping; nothing was received, or it comes again by itself.
        await pause(500, this.#abort.signal);
      }
    }
  }

  async #receive(most: number, waitSeconds: number): Promise<Received[]> {
    const command = new ReceiveMessageCommand({
      QueueUrl: this.#options.queueUrl,
      MaxNumberOfMessages: Math.min(10, most),
      WaitTimeSeconds: waitSeconds,
      MessageSystemAttributeNames: ["All"],
      MessageAttributeNames: ["All"],
    });
    const { Messages } = await this.#options.client.send(command, { abortSignal: this.#abort.signal });
    return (Messages ?? []).filter(isWhole);
  }

  async #gather(): Promise<Received[]> {
    const { batchSize, batchWindowMs } = this.#spec;
    const messages = await this.#receive(batchSize, 20);
    const end = Date.now() + batchWindowMs;
    while (messages.length > 0 && messages.length < batchSize && Date.now() < end) {
      messages.push(...(await this.#receive(batchSize - messages.length, 1)));
    }
    return messages;
  }

  async #deliver(messages: readonly Received[]): Promise<void> {
    const event = { Records: messages.map((message) => recordOf(message, this.#spec.queueArn)) };
    const outcome = await this.#target.invoke(event);
    const ids = messages.map(({ MessageId }) => MessageId);
    const failed = failures(batchVerdict(outcome, ids, this.#spec.reportsItemFailures), ids);
    await this.#delete(messages.filter(({ MessageId }) => !failed.has(MessageId)));
    await this.#retry(messages.filter(({ MessageId }) => failed.has(MessageId)));
  }

  async #retry(messages: readonly Received[]): Promise<void> {
    // A cloud that stops leaves them as they are: its next start frees them.
    if (messages.length === 0 || this.#abort.signal.aborted) return;
    if (await this.#options.store.wasAway()) {
      for (const { ReceiptHandle } of messages) this.#options.forgive(ReceiptHandle);
    }
    await this.#putBack(messages);
  }

  async #delete(messages: readonly Received[]): Promise<void> {
    for (const some of tens(messages)) {
      const Entries = some.map(({ ReceiptHandle }, at) => ({ Id: String(at), ReceiptHandle }));
      await this.#options.client.send(new DeleteMessageBatchCommand({ QueueUrl: this.#options.queueUrl, Entries }));
    }
  }

  async #putBack(messages: readonly Received[]): Promise<void> {
    for (const some of tens(messages)) {
      const Entries = some.map(({ ReceiptHandle, Attributes }, at) => ({
        Id: String(at),
        ReceiptHandle,
        VisibilityTimeout: Math.ceil(
          this.#options.retryAfterSeconds * Number(Attributes?.ApproximateReceiveCount ?? 1),
        ),
      }));
      await this.#options.client.send(
        new ChangeMessageVisibilityBatchCommand({ QueueUrl: this.#options.queueUrl, Entries }),
      );
    }
  }
}

function failures(verdict: BatchVerdict, ids: readonly string[]): ReadonlySet<string> {
  if (verdict.kind === "partly") return verdict.failed;
  return new Set(verdict.kind === "failed" ? ids : []);
}

function tens<T>(items: readonly T[]): T[][] {
  return Array.from({ length: Math.ceil(items.length / 10) }, (_, at) => items.slice(at * 10, at * 10 + 10));
}

/**
 * Wakes a function with batches of a queue's messages, as many batches at once as the function has copies.
 *
 * What the function took is deleted; what failed comes again until the queue's redrive policy moves it to the dead
 * letters. On AWS it comes again only after the queue's visibility timeout, which is minutes: a laptop waits seconds.
 */
export function startQueueTrigger(spec: QueueTriggerSpec, target: Lambda, options: QueueTriggerOptions): Trigger {
  return new QueueTrigger(spec, target, options);
}
