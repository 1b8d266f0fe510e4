import { type ErrorCode, problems } from "./problems.ts";
import { json, type Reply } from "./reply.ts";

/** A failure as use cases return it: its code, facts about it, and a `detail` where the table's is too general. */
export interface Failure {
  readonly code: ErrorCode;
  readonly detail?: string | undefined;
  readonly retryAfterSeconds?: number | undefined;
}

const retryAfterSeconds = 1;

/**
 * Answers a failure as a problem document.
 *
 * Source: RFC 9457; `Retry-After` and `WWW-Authenticate` of RFC 9110.
 */
export function problemReply(failure: Failure, requestId?: string): Reply {
  const { code, detail, retryAfterSeconds: after, ...facts } = failure;
  const row = problems[code];
  const document = {
    ...shown(facts),
    type: `urn:farthing:problem:${code}`,
    title: row.title,
    status: row.status,
    code,
    detail: detail ?? row.detail,
    retryable: row.retryable,
    ...(requestId === undefined ? {} : { requestId }),
  };
  return json(row.status, document, {
    "content-type": "application/problem+json",
    ...(row.status === 401 ? { "www-authenticate": 'Bearer realm="farthing"' } : {}),
    ...(row.status === 429 || row.status === 503 ? { "retry-after": String(after ?? retryAfterSeconds) } : {}),
  });
}

/** On the wire the list of what is wrong is called `errors`. */
function shown(facts: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  const { issues, ...rest } = facts;
  return issues === undefined ? rest : { ...rest, errors: issues };
}
