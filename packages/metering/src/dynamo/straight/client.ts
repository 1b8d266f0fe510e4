import { ConditionalCheckFailedException, TransactionCanceledException } from "@aws-sdk/client-dynamodb";
import type { DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";
import * as v from "valibot";
import { answerOf, operationOf, wireOf } from "./operation.ts";
import { signing, watchPlace } from "./place.ts";
import { type Reply, send } from "./send.ts";

/** A command of the document client. */
type Command = Parameters<DynamoDBDocumentClient["send"]>[0];

/**
 * A document client whose requests take half of the CPU that the SDK takes for them, which is most of what a store costs
 * (docs/performance.md). Where to, as whom and in which region the SDK says, by its first request, and its signer signs.
 *
 * An answer, and a condition that does not hold, are told as the SDK tells them. Whatever else happens is no matter of its
 * own: the SDK sends the request again then, as it does where one of its own fails, with its retries and its failures.
 */
export function straightClient(sdk: DynamoDBDocumentClient): DynamoDBDocumentClient {
  const straight = straightly(sdk);
  async function sent(command: Command, ...how: readonly unknown[]): Promise<unknown> {
    const reply = how.every(isNothing) ? await straight(command).catch(() => undefined) : undefined;
    if (reply?.status === 200) return { ...Object(answerOf(JSON.parse(reply.text))), $metadata };
    const failure = reply?.status === 400 ? failureOf(reply) : undefined;
    if (failure !== undefined) throw failure;
    return await Reflect.apply(sdk.send, sdk, [command, ...how]);
  }
  // All else of a client is its own.
  return Object.create(sdk, { send: { value: sent } });
}

const $metadata = {};

/** What a request is sent with changes nothing: ElectroDB names a signal that it does not have. */
function isNothing(how: unknown): boolean {
  return typeof how === "object" && Object.values(how ?? {}).every((value) => value === undefined);
}

/** Sends commands by the straight way; undefined where the SDK has to. */
function straightly(sdk: DynamoDBDocumentClient): (command: Command) => Promise<Reply | undefined> {
  const place = watchPlace(sdk);
  const sign = signing(sdk);
  return async (command) => {
    const at = place();
    const operation = at === undefined ? undefined : operationOf(command);
    if (at === undefined || operation === undefined) return undefined;
    const body = JSON.stringify(wireOf(operation.input));
    return await send(at, await sign(at, operation.name, body), body);
  };
}

const text = v.optional(v.string());
const Failed = v.object({
  __type: v.string(),
  message: text,
  Message: text,
  CancellationReasons: v.optional(v.array(v.object({ Code: text, Message: text }))),
});

/** Conditions that do not hold: DynamoDB has answered, and nothing is to be sent again. */
function failureOf(reply: Reply): Error | undefined {
  // What stands between us and DynamoDB may answer in other words than JSON.
  const failed = v.safeParse(v.pipe(v.string(), v.parseJson(), Failed), reply.text);
  if (!failed.success) return undefined;
  const { __type, message, Message = "", CancellationReasons } = failed.output;
  const told = { message: message ?? Message, $metadata };
  if (__type.endsWith("#ConditionalCheckFailedException")) return new ConditionalCheckFailedException(told);
  if (!__type.endsWith("#TransactionCanceledException")) return undefined;
  return new TransactionCanceledException({ ...told, ...(CancellationReasons && { CancellationReasons }) });
}
