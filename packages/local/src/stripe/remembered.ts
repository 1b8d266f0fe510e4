import { createHash } from "node:crypto";
import type { StripeProblem } from "./refusal.ts";
import type { Shelves } from "./shelves.ts";
import { answer, type WireOutcome, type WireRequest } from "./wire-request.ts";

/** An answer without its headers. */
export type Shown = readonly [status: number, body: unknown];

const daySeconds = 24 * 3600;

function digestOf({ path, body }: WireRequest): string {
  return createHash("sha256").update(`${path}\n${body}`).digest("hex");
}

/** What was answered under the key within a day. Source: Stripe's API, "Idempotent requests". */
export function recall(shelves: Shelves, request: WireRequest, now: number): WireOutcome | undefined {
  const known = shelves.get("remembered", request.idempotencyKey ?? null);
  if (known === undefined || known.created + daySeconds <= now) return undefined;
  if (known.digest !== digestOf(request)) {
    const message = "Keys for idempotent requests can only be used with the same parameters they were first used with.";
    return answer(400, { error: { type: "idempotency_error", message } satisfies StripeProblem });
  }
  return answer(known.status, known.body, { "idempotent-replayed": "true" });
}

/** Requests that were refused for what they hold are forgotten: mended, they may come again. */
export function remember(shelves: Shelves, request: WireRequest, now: number, [status, body]: Shown): void {
  const { idempotencyKey: id } = request;
  if (id === undefined || status === 400 || status === 404) return;
  shelves.put("remembered", { id, created: now, digest: digestOf(request), status, body });
}
