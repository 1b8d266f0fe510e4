import type { Clock } from "@farthing/money";
import Stripe from "stripe";
import * as v from "valibot";
import type { RailEvent, RailEvents } from "../receive-rail-event.ts";

const toleranceSeconds = 300;

const Event = v.object({
  id: v.string(),
  type: v.string(),
  account: v.nullish(v.string()),
  data: v.object({ object: v.object({ metadata: v.nullish(v.record(v.string(), v.string())) }) }),
});

/** What a customer does that a payment may succeed by. */
const waking = new Set(["checkout.session.completed", "setup_intent.succeeded"]);

/**
 * Reads Stripe's webhooks, signed by any of the secrets: two while one replaces the other.
 *
 * Source: Stripe's documentation, "Verify webhook signatures": HMAC-SHA256 of the raw body, five minutes' tolerance.
 */
export function stripeEvents({
  secrets,
  clock,
}: {
  readonly secrets: readonly string[];
  readonly clock: Clock;
}): RailEvents {
  return {
    read({ text, signature }) {
      const isTheirs = secrets.some((secret) => isSigned({ text, signature, secret }, clock.now()));
      if (!isTheirs) return undefined;
      const parsed = v.safeParse(Event, JSON.parse(text));
      return parsed.success ? eventOf(parsed.output) : undefined;
    },
  };
}

interface Signed {
  readonly text: string;
  readonly signature: string;
  readonly secret: string;
}

function isSigned({ text, signature, secret }: Signed, nowMs: number): boolean {
  try {
    Stripe.webhooks.constructEvent(text, signature, secret, toleranceSeconds, undefined, nowMs);
    return true;
  } catch (error) {
    if (error instanceof Stripe.errors.StripeSignatureVerificationError) return false;
    throw error;
  }
}

function eventOf({ id, type, account, data }: v.InferOutput<typeof Event>): RailEvent {
  const { merchant, invoice } = data.object.metadata ?? {};
  return { id, wakes: waking.has(type), account: account ?? undefined, merchant, invoice };
}
