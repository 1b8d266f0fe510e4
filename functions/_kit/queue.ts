import { err, type Result } from "@farthing/money";
import middy from "@middy/core";
import type { Context, SQSBatchResponse, SQSEvent, SQSRecord } from "aws-lambda";
import type * as v from "valibot";
import { count } from "./count.ts";
import type { InvalidRequest } from "./invalid-request.ts";
import { log } from "./log.ts";
import { parse } from "./parse.ts";
import type { Schema } from "./route.ts";
import { thrownFacts } from "./thrown.ts";

/** What a job is told beside its message. Units: `remainingMs` is what is left of the function's time. */
export interface Job {
  remainingMs(): number;
}

/** What a queue's use case is; a failure puts the message back, and after the queue's last try aside. */
export type Work<S extends Schema> = (
  message: v.InferOutput<S>,
  job: Job,
) => Promise<Result<unknown, { readonly code: string }>>;

/** A function behind a queue, which answers which messages to hand out again. */
export type QueueHandler = (event: SQSEvent, context: Context) => Promise<SQSBatchResponse>;

/** Works off messages one after the other, each on its own: one that fails holds no other up. */
export function queue<S extends Schema>(schema: S, work: Work<S>): QueueHandler {
  return middy<SQSEvent, SQSBatchResponse>().handler(async ({ Records }, context) => {
    const job = { remainingMs: () => context.getRemainingTimeInMillis() };
    const failed: string[] = [];
    for (const record of Records) {
      if (!(await done(schema, work, record, job))) failed.push(record.messageId);
    }
    if (failed.length > 0) count("Failed", failed.length);
    return { batchItemFailures: failed.map((itemIdentifier) => ({ itemIdentifier })) };
  });
}

async function done<S extends Schema>(schema: S, work: Work<S>, record: SQSRecord, job: Job): Promise<boolean> {
  const { messageId } = record;
  try {
    const message = parseMessage(schema, record.body);
    const result = message.ok ? await work(message.value, job) : message;
    if (result.ok) return true;
    log.error("failed", { messageId, code: result.error.code });
  } catch (error) {
    log.error("threw", { messageId, ...thrownFacts(error) });
  }
  return false;
}

function parseMessage<S extends Schema>(
  schema: S,
  body: string,
): Result<v.InferOutput<S>, InvalidRequest | { readonly code: "invalid_json" }> {
  try {
    return parse(schema, JSON.parse(body));
  } catch {
    return err({ code: "invalid_json" });
  }
}
