import type { WebhookEndpoint } from "./webhook-endpoint.ts";
import type { DisabledReason } from "./webhook-event.ts";

/** How long an endpoint may fail, with nothing that succeeds between, before it is told no more. */
export const failingMs = 5 * 24 * 3_600_000;

/** What came of an attempt, as far as the endpoint's health goes. */
export type AttemptResult = "succeeded" | "failed" | "gone";

/** An endpoint after an attempt; itself where nothing changes. Units: `now` in milliseconds since 1970. */
export function afterResult(endpoint: WebhookEndpoint, result: AttemptResult, now: number): WebhookEndpoint {
  if (!endpoint.enabled) return endpoint;
  const { failingSince, ...rest } = endpoint;
  if (result === "gone") return disabled(endpoint, "gone", now);
  if (result === "succeeded") return failingSince === undefined ? endpoint : changed(rest, now);
  if (failingSince === undefined) return changed({ ...endpoint, failingSince: now }, now);
  return now - failingSince < failingMs ? endpoint : disabled(endpoint, "failing", now);
}

/** An endpoint that is told no more. */
export function disabled(endpoint: WebhookEndpoint, reason: DisabledReason, now: number): WebhookEndpoint {
  return changed({ ...endpoint, enabled: false, disabledReason: reason, disabledAt: now }, now);
}

/** An endpoint that is told again, with its failures forgotten. */
export function enabled(endpoint: WebhookEndpoint, now: number): WebhookEndpoint {
  const { disabledReason: _reason, disabledAt: _at, failingSince: _since, ...rest } = endpoint;
  return changed({ ...rest, enabled: true }, now);
}

/** An endpoint with its next revision. */
export function changed(endpoint: WebhookEndpoint, now: number): WebhookEndpoint {
  return { ...endpoint, revision: endpoint.revision + 1, updatedAt: now };
}
