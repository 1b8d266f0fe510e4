import type { DynamoDBStreamsClient } from "@aws-sdk/client-dynamodb-streams";
import { SendMessageCommand, type SQSClient } from "@aws-sdk/client-sqs";
import type { Lambda } from "../run/lambda.ts";
import type { QueueServer } from "../stores/queue-server.ts";
import type { StoreWatch } from "../stores/store-watch.ts";
import type { QueueTriggerSpec, StreamTriggerSpec } from "../template/triggers.ts";
import { type Checkpoints, openCheckpoints } from "./checkpoints.ts";
import { startQueueTrigger } from "./queue-trigger.ts";
import { createStreamReader } from "./stream-reader.ts";
import { type StreamTrigger, startStreamTrigger } from "./stream-trigger.ts";

/** What triggers work with. */
export interface TriggersOptions {
  readonly target: (pointer: string) => Lambda;
  readonly queues: QueueServer;
  readonly store: StoreWatch;
  readonly sqs: SQSClient;
  readonly streams: DynamoDBStreamsClient;
  readonly log: (line: string) => void;
  /** The file of the stream positions; left out, memory keeps them. */
  readonly checkpoints?: string;
  readonly streamPollMs: number;
  readonly streamRetryMs: number;
  readonly queueRetrySeconds: number;
}

/** All stream and queue triggers. */
export interface Triggers {
  /** The queues that wake something. */
  readonly queueNames: readonly string[];
  /** How far each stream trigger is, by function. */
  streams(): Promise<Record<string, "caught_up" | "behind">>;
  stop(): Promise<void>;
}

const nameOf = (arn: string): string => arn.slice(arn.lastIndexOf(":") + 1);

function startStream(spec: StreamTriggerSpec, options: TriggersOptions, checkpoints: Checkpoints): StreamTrigger {
  const { failureQueueArn } = spec;
  return startStreamTrigger(spec, options.target(spec.target), {
    reader: createStreamReader(options.streams, { arn: spec.streamArn, trigger: spec.id }, checkpoints),
    checkpoints,
    pollMs: options.streamPollMs,
    retryAfterMs: options.streamRetryMs,
    store: options.store,
    log: options.log,
    async report(message) {
      if (failureQueueArn === undefined) return;
      const QueueUrl = options.queues.queueUrl(nameOf(failureQueueArn));
      await options.sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: message }));
    },
  });
}

/** Starts the triggers; each runs by itself from here on. */
export function startTriggers(
  specs: readonly (StreamTriggerSpec | QueueTriggerSpec)[],
  options: TriggersOptions,
): Triggers {
  const checkpoints = openCheckpoints(options.checkpoints);
  const ofStreams = specs.filter((spec) => spec.kind === "stream");
  const ofQueues = specs.filter((spec) => spec.kind === "queue");
  const streams = ofStreams.map((spec) => ({
    name: options.target(spec.target).spec.name,
    trigger: startStream(spec, options, checkpoints),
  }));
  const queues = ofQueues.map((spec) =>
    startQueueTrigger(spec, options.target(spec.target), {
      client: options.sqs,
      store: options.store,
      forgive: (receiptHandle) => options.queues.forgive(nameOf(spec.queueArn), receiptHandle),
      queueUrl: options.queues.queueUrl(nameOf(spec.queueArn)),
      retryAfterSeconds: options.queueRetrySeconds,
    }),
  );
  return {
    queueNames: ofQueues.map(({ queueArn }) => nameOf(queueArn)),
    async streams() {
      const states = streams.map(
        async ({ name, trigger }): Promise<[string, "caught_up" | "behind"]> => [
          name,
          (await trigger.caughtUp()) ? "caught_up" : "behind",
        ],
      );
      return Object.fromEntries(await Promise.all(states));
    },
    async stop() {
      await Promise.all([...streams.map(({ trigger }) => trigger), ...queues].map((trigger) => trigger.stop()));
    },
  };
}
