import type { StripeServer } from "./server.ts";
import type { WireRequest } from "./wire-request.ts";

/**
 * Reaches a server without a network, as `fetch`: for tests that ask it a hundred thousand times.
 *
 * Errors: a closed connection and a silent one end in the errors that a client's own connection would end in.
 */
export function fetchInProcess(server: Pick<StripeServer, "handle">): typeof fetch {
  return async (input, init) => {
    const url = new URL(input instanceof Request ? input.url : String(input));
    const headers = new Headers(init?.headers);
    const request: WireRequest = {
      method: init?.method ?? "GET",
      path: url.pathname,
      query: url.search.slice(1),
      body: typeof init?.body === "string" ? init.body : "",
      authorization: headers.get("authorization") ?? undefined,
      idempotencyKey: headers.get("idempotency-key") ?? undefined,
    };
    const outcome = server.handle(request);
    if (outcome.kind === "closed") throw Object.assign(new TypeError("terminated"), { code: "UND_ERR_SOCKET" });
    if (outcome.kind !== "answer") throw Object.assign(new TypeError("timed out"), { code: "ETIMEDOUT" });
    return new Response(JSON.stringify(outcome.body), { status: outcome.status, headers: outcome.headers });
  };
}
