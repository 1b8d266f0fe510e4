import type { Failure } from "./problem.ts";

const deepestCause = 5;

/** What the store and the queue say when more is asked of them than they bear: of a customer, a shard or an account. */
const throttled = new Set([
  "ProvisionedThroughputExceededException",
  "ThrottlingException",
  "Throttling",
  "RequestLimitExceeded",
  "RequestThrottled",
]);

/** What the store, the queue and the network say when the same call may succeed in a moment. */
const passing = new Set([
  "TransactionCanceledException",
  "TransactionConflictException",
  "TransactionInProgressException",
  "InternalServerError",
  "ServiceUnavailable",
  "TimeoutError",
  "ECONNREFUSED",
  "ECONNRESET",
  "EPIPE",
  "ETIMEDOUT",
]);

/** The failure that a thrown error is answered as: `too_many_requests` or `try_again` where it will pass, else `internal`. */
export function thrownFailure(error: unknown): Failure {
  const said = chainOf(error).flatMap(({ name, code }) => [name, code]);
  if (said.some((one) => throttled.has(one))) return { code: "too_many_requests" };
  return said.some((one) => passing.has(one)) ? { code: "try_again" } : { code: "internal" };
}

/** What the log is told of a thrown error: where it came from, and nothing that could repeat a piece of a request. */
export function thrownFacts(error: unknown): Readonly<Record<string, string>> {
  const [first, ...causes] = chainOf(error);
  if (first === undefined) return { error: typeof error };
  return {
    error: first.name,
    reason: first.message,
    stack: first.frames,
    ...(causes.length === 0 ? {} : { causes: causes.map(shown).join("; ") }),
  };
}

function shown({ name, code, message }: Link): string {
  return `${name} ${code}`.trim().concat(message === "" ? "" : `: ${message}`);
}

interface Link {
  readonly name: string;
  readonly code: string;
  readonly message: string;
  readonly frames: string;
}

/** The error and its causes. What a parser says quotes what it read, so its message is left out. */
function chainOf(error: unknown): readonly Link[] {
  const links: Link[] = [];
  for (let at = error; at instanceof Error && links.length < deepestCause; at = at.cause) {
    const code = "code" in at && typeof at.code === "string" ? at.code : "";
    const message = at instanceof SyntaxError ? "" : at.message.slice(0, 300);
    const frames = (at.stack ?? "").split("\n").filter((line) => line.startsWith("    at "));
    links.push({ name: at.name, code, message, frames: frames.slice(0, 12).join("\n") });
  }
  return links;
}
