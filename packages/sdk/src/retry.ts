const longestRetryAfterMs = 300_000;

/** How long to wait between attempts: full jitter under a doubling ceiling. */
export interface Backoff {
  readonly baseMs: number;
  readonly capMs: number;
}

/** Whether another attempt can change the answer: no answer at all (0), too many requests, or a fault of the server. */
export function canRetry(status: number): boolean {
  return status === 0 || status === 429 || status >= 500;
}

/**
 * The wait before the attempt after number `attempt` (from 0).
 *
 * Units: milliseconds. The server's Retry-After is a floor, and the jitter comes on top of it, so that many clients do not return at once.
 */
export function backoffMs(
  attempt: number,
  retryAfterMs: number | undefined,
  { baseMs, capMs }: Backoff,
  random: () => number,
): number {
  const ceiling = Math.min(capMs, baseMs * 2 ** Math.min(attempt, 30));
  return Math.min(retryAfterMs ?? 0, longestRetryAfterMs) + random() * ceiling;
}

/**
 * Reads a Retry-After header, in seconds or as a date; anything else counts as absent.
 *
 * Source: RFC 9110, section 10.2.3.
 */
export function parseRetryAfter(header: string | null, nowMs: number): number | undefined {
  if (header === null) return undefined;
  const text = header.trim();
  if (/^\d{1,9}$/.test(text)) return Number(text) * 1000;
  if (!/^[A-Za-z]{3},/.test(text)) return undefined;
  const at = Date.parse(text);
  return Number.isNaN(at) ? undefined : Math.max(0, at - nowMs);
}
