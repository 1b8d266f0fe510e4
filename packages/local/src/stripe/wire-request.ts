/** A request on the wire. */
export interface WireRequest {
  readonly method: string;
  readonly path: string;
  readonly query: string;
  readonly body: string;
  readonly authorization: string | undefined;
  readonly idempotencyKey: string | undefined;
}

/** What becomes of a request: an answer, a closed connection, or silence. */
export type WireOutcome =
  | {
      readonly kind: "answer";
      readonly status: number;
      readonly body: unknown;
      readonly headers: Readonly<Record<string, string>>;
    }
  | { readonly kind: "closed" | "silent" };

const json = { "content-type": "application/json" } as const;

/** An answer of JSON; a client is told not to ask again what a key would only replay. */
export function answer(status: number, body: unknown, more: Readonly<Record<string, string>> = {}): WireOutcome {
  const advice = status === 500 ? { "stripe-should-retry": "false" } : {};
  return { kind: "answer", status, body, headers: { ...json, ...advice, ...more } };
}
