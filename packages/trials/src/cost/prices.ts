/** List prices in us-east-1, without free tiers. Units: USD; `perGbSecond` for arm64. */
export interface Prices {
  readonly asOf: string;
  readonly perMillionWriteUnits: number;
  readonly perMillionReadUnits: number;
  readonly perMillionHttpRequests: number;
  readonly perMillionInvocations: number;
  readonly perGbSecond: number;
  readonly perMillionMessages: number;
}

/**
 * Prices to begin with; `--prices file.json` gives others.
 *
 * Source: the price lists of DynamoDB on demand, HTTP APIs (first 300 million), Lambda on arm64 (first tier) and SQS standard
 * queues, us-east-1.
 */
export const prices2026: Prices = {
  asOf: "2026-11",
  perMillionWriteUnits: 0.625,
  perMillionReadUnits: 0.125,
  perMillionHttpRequests: 1,
  perMillionInvocations: 0.2,
  perGbSecond: 0.0000133334,
  perMillionMessages: 0.4,
};

/** How long functions run: what was measured here, on one core. Units: milliseconds and microseconds of one core, gigabytes. */
export const timings = {
  /** Per request, the waiting for its put included. */
  requestMs: 8,
  /** Parsing and packing, per event. */
  eventUs: 2.5,
  rollEventUs: 5,
  statementMs: 2,
  settleCustomerMs: 20,
  ingestGb: 1.769 * (1000 / 1024),
  rollGb: 2,
  settleGb: 2,
} as const;
