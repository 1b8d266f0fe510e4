import * as v from "valibot";

/** What goes back to the client. */
export interface Reply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | readonly string[]>>;
  readonly body: string | Uint8Array;
}

const scalar = v.pipe(v.union([v.string(), v.number(), v.boolean()]), v.transform(String));
const Structured = v.looseObject({
  statusCode: v.pipe(
    v.union([v.number(), v.string()]),
    v.transform(Number),
    v.integer(),
    v.minValue(100),
    v.maxValue(599),
  ),
  headers: v.nullish(v.record(v.string(), v.nullish(scalar)), {}),
  cookies: v.nullish(v.array(v.string())),
  body: v.nullish(v.string(), ""),
  isBase64Encoded: v.nullish(v.boolean(), false),
});

/** Lambda hands back at most 6 MB. */
const largestReply = 6 * 1024 * 1024;

function structured(payload: unknown): Reply | undefined {
  const parsed = v.safeParse(Structured, payload);
  if (!parsed.success || (parsed.output.body?.length ?? 0) > largestReply) return undefined;
  const { statusCode, headers, cookies, body, isBase64Encoded } = parsed.output;
  const lower: Record<string, string | readonly string[]> = { "content-type": "text/plain;charset=UTF-8" };
  for (const [name, value] of Object.entries(headers ?? {})) {
    if (value !== null && value !== undefined) lower[name.toLowerCase()] = value;
  }
  // The gateway measures the body itself.
  delete lower["content-length"];
  if (cookies) lower["set-cookie"] = cookies;
  return {
    status: statusCode,
    headers: lower,
    body: isBase64Encoded ? Buffer.from(body ?? "", "base64") : (body ?? ""),
  };
}

/**
 * Reads what a function returned as the gateway reads it, payload format 2.0: without a `statusCode` the value itself is
 * the body of a 200. Undefined when the gateway could make no answer of it, which is a 500 to the client.
 */
export function replyOf(payload: unknown): Reply | undefined {
  if (typeof payload === "object" && payload !== null && "statusCode" in payload) return structured(payload);
  const body = typeof payload === "string" ? payload : JSON.stringify(payload ?? null);
  return { status: 200, headers: { "content-type": "application/json" }, body };
}
