import { type Clock, systemClock } from "./clock.ts";
import type { Backoff } from "./retry.ts";

/** Where the API is, who calls, and the ports that a test replaces. */
export interface ConnectionOptions {
  /** The API key, `frt_…`. */
  readonly key: string;
  /** The API's address, such as `https://api.example.com`; a path prefix is kept. */
  readonly url: string;
  /** Attempts at one request before it counts as failed, the first included. Default 8. */
  readonly attempts?: number;
  /** The wait between attempts. Default: 200 ms doubling up to 30 s, full jitter. */
  readonly backoff?: Partial<Backoff>;
  /** How long one attempt may take. Default 30 s. */
  readonly timeoutMs?: number;
  readonly fetch?: typeof fetch;
  readonly clock?: Clock;
  /** A number from 0 up to 1, for the jitter. */
  readonly random?: () => number;
}

/** A checked set of options: what every request is made with. */
export interface Connection {
  readonly key: string;
  readonly base: string;
  readonly attempts: number;
  readonly backoff: Backoff;
  readonly timeoutMs: number;
  readonly fetch: typeof fetch;
  readonly clock: Clock;
  readonly random: () => number;
}

/** Checks the options and fills in the defaults. Errors: a `TypeError` when the key or the address cannot be one. */
export function connect(options: ConnectionOptions): Connection {
  if (typeof options.key !== "string" || !/^[\x21-\x7e]+$/.test(options.key)) {
    throw new TypeError("Farthing needs an API key: a text without spaces.");
  }
  return {
    key: options.key,
    base: baseOf(options.url),
    attempts: Math.max(1, options.attempts ?? 8),
    backoff: { baseMs: 200, capMs: 30_000, ...options.backoff },
    timeoutMs: options.timeoutMs ?? 30_000,
    fetch: options.fetch ?? ((input, init) => fetch(input, init)),
    clock: options.clock ?? systemClock,
    random: options.random ?? Math.random,
  };
}

function baseOf(url: string): string {
  if (typeof url !== "string" || !URL.canParse(url) || !/^https?:$/.test(new URL(url).protocol)) {
    throw new TypeError("Farthing needs the API's address: an http or https URL.");
  }
  const { origin, pathname } = new URL(url);
  return `${origin}${pathname.replace(/\/+$/, "")}`;
}
