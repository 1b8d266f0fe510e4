import { createHash } from "node:crypto";
import Stripe from "stripe";
import type { RailReply } from "../payment-rail.ts";

/** Failures of the caller's that the same request, as it is, will always end in. */
const neverAgain = new Set(["StripeInvalidRequestError", "StripeCardError"]);

/**
 * Asks Stripe for something and reads its answer.
 *
 * A refusal says that nothing happened; a key that lacks a right, or is wrong, may be put right, and so is not final. What
 * ends without an answer, in a 500 or in a conflict of keys may have happened.
 */
export async function ask<T>(call: () => Promise<unknown>, read: (reply: unknown) => T): Promise<RailReply<T>> {
  let reply: unknown;
  try {
    reply = await call();
  } catch (error) {
    return replyOf(error);
  }
  return { kind: "done", value: read(reply) };
}

function replyOf(error: unknown): Exclude<RailReply<never>, { kind: "done" }> {
  // The client turns every failure of the network into one of its own errors.
  if (!(error instanceof Stripe.errors.StripeError)) throw error;
  const { type, code = "", statusCode = 0 } = error;
  if (statusCode === 429 || code === "lock_timeout") return { kind: "busy" };
  if (neverAgain.has(type)) return { kind: "refused", code: code === "" ? "invalid_request" : code, final: true };
  if (statusCode === 401 || statusCode === 403) return { kind: "refused", code: "rail_key_refused", final: false };
  return { kind: "unknown" };
}

/** A key as Stripe takes it: 255 characters at most. */
export function keyed(key: string): { readonly idempotencyKey: string } {
  return { idempotencyKey: key.length <= 255 ? key : createHash("sha256").update(key).digest("hex") };
}
