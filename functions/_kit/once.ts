import { firstReceipt, type IdempotencyConflict, type Receipt } from "@farthing/access";
import { err, ok, type Result } from "@farthing/money";
import type { Caller } from "./authenticate.ts";
import type { ReadCall } from "./call.ts";
import { digestOf } from "./canonical.ts";
import type { Gate } from "./gate.ts";
import type { GatewayRequest } from "./gateway.ts";
import type { InvalidRequest } from "./invalid-request.ts";
import type { Failure } from "./problem.ts";
import type { Reply } from "./reply.ts";
import type { Call, Route } from "./route.ts";

/** Runs a parsed call to its reply. */
export type Run = (call: Call) => Promise<Result<Reply, Failure>>;

const keyShape = /^[\x20-\x7e]{1,255}$/;

/**
 * Reads the idempotency key of a POST; other methods are the same again by nature.
 *
 * Errors: `invalid_request` for one that is not 1 to 255 printable characters.
 */
export function idempotencyKey(
  route: Route,
  request: Pick<GatewayRequest, "headers">,
): Result<string | undefined, InvalidRequest> {
  const key = request.headers["idempotency-key"];
  if (key === undefined || !route.route.startsWith("POST ")) return ok(undefined);
  if (keyShape.test(key)) return ok(key);
  const message = "An idempotency key has 1 to 255 printable characters of ASCII.";
  return err({ code: "invalid_request", issues: [{ path: "headers.idempotency-key", message }] });
}

/**
 * Runs a call under its idempotency key: a repeat has the same receipt and gets the same answer.
 *
 * Two at once may both run, and so may a repeat of one that died: use cases derive what they make from the key, and the
 * first answer stored is the one that both give. A refused request leaves no receipt, so that it may come again, mended.
 * Errors: `idempotency_conflict` when the key came with other content; before anything the use case finds.
 */
export async function once(
  gate: Gate,
  route: Route,
  { call, content }: ReadCall,
  { key, secret }: { readonly key: string | undefined; readonly secret: Caller["secret"] },
  run: Run,
): Promise<Result<Reply, Failure | IdempotencyConflict>> {
  if (key === undefined) return run(call);
  const name = { merchant: call.merchant, route: route.route, key };
  const receipt = await firstReceipt(gate.receipts, {
    ...name,
    digest: digestOf(content()),
    receivedAt: call.receivedAt,
  });
  if (!receipt.ok) return receipt;
  const stored = storedReply(receipt.value);
  if (stored !== undefined) return ok(stored);

  const { receivedAt } = receipt.value;
  const reply = await run({ ...call, receivedAt, once: { key, callerSecret: secret } });
  if (!reply.ok) await gate.receipts.withdraw(receipt.value);
  if (!reply.ok || route.replay === "recomputed") return reply;
  const kept = await gate.receipts.answer(name, { status: reply.value.statusCode, body: reply.value.body });
  return ok({ ...reply.value, statusCode: kept.status, body: kept.body });
}

function storedReply({ answer }: Receipt): Reply | undefined {
  if (answer === undefined) return undefined;
  const headers = { "cache-control": "no-store", "content-type": "application/json", "idempotent-replayed": "true" };
  return { statusCode: answer.status, headers, body: answer.body };
}
