/** How the API answers a failure. */
export interface ProblemRow {
  readonly status: number;
  readonly title: string;
  /** What the caller is told, where the failure says nothing closer. */
  readonly detail: string;
  /** Whether the same request may succeed when it is sent again. */
  readonly retryable: boolean;
}

const no = { retryable: false } as const;
const yes = { retryable: true } as const;

/**
 * Every failure that a request can end in. A use case whose failure has no row here does not compile into a handler.
 *
 * Source: RFC 9457 for the shape, RFC 9110 for the statuses.
 */
export const problems = {
  invalid_json: { status: 400, title: "Not JSON", detail: "The body is not JSON in UTF-8.", ...no },
  invalid_encoding: {
    status: 400,
    title: "Damaged body",
    detail: "The body does not decompress, or goes on after the end of its compressed data.",
    ...no,
  },
  too_deep: { status: 400, title: "Nested too deeply", detail: "The body nests more levels than are read.", ...no },
  invalid_cursor: {
    status: 400,
    title: "Unknown cursor",
    detail: "The cursor does not come from this list with this filter. Leave it out to begin anew.",
    ...no,
  },
  unauthorized: {
    status: 401,
    title: "No valid API key",
    detail: "Send a valid API key as `Authorization: Bearer <key>`.",
    ...no,
  },
  forbidden: { status: 403, title: "Not allowed", detail: "The API key lacks the role that this needs.", ...no },
  not_found: { status: 404, title: "Not found", detail: "There is no such thing here.", ...no },
  method_not_allowed: {
    status: 405,
    title: "Method not allowed",
    detail: "This address knows other methods.",
    ...no,
  },
  idempotency_conflict: {
    status: 409,
    title: "Idempotency key used before",
    detail: "The same idempotency key or id came with other content before.",
    ...no,
  },
  own_key: {
    status: 409,
    title: "A key cannot revoke itself",
    detail: "Make another admin key, and revoke this one with that.",
    ...no,
  },
  period_open: {
    status: 409,
    title: "Period not over",
    detail: "Books close through an instant that has passed.",
    ...no,
  },
  period_closed: {
    status: 409,
    title: "Period closed before",
    detail: "The books are closed through a later instant already. Closes follow each other in order.",
    ...no,
  },
  too_many_webhooks: {
    status: 409,
    title: "Too many webhooks",
    detail: "A merchant has at most 16 webhooks. Delete one that is not needed.",
    ...no,
  },
  webhook_disabled: {
    status: 409,
    title: "Webhook disabled",
    detail: "The webhook is told nothing. Enable it first, with `enabled: true`.",
    ...no,
  },
  backfill_closed: {
    status: 409,
    title: "Backfill closed",
    detail: "The backfill was committed or dropped. Open another, under a name of its own.",
    ...no,
  },
  payload_too_large: {
    status: 413,
    title: "Too large",
    detail: "The body is larger than 4 MB on the wire, 20 MB unpacked, or 10,000 events.",
    ...no,
  },
  too_many_events: {
    status: 413,
    title: "Too many events",
    detail: "A request has at most 10,000 events.",
    ...no,
  },
  settlement_running: {
    status: 409,
    title: "Settlement still running",
    detail: "What the settlement comes to is known when its status is `done`.",
    ...yes,
  },
  invoice_not_open: {
    status: 409,
    title: "Invoice not open",
    detail: "The invoice's status does not let this happen to it.",
    ...no,
  },
  transition_conflict: {
    status: 409,
    title: "Happened before, otherwise",
    detail: "The same happened to the invoice before, with another reason, time or reference.",
    ...no,
  },
  nothing_to_refund: {
    status: 409,
    title: "Nothing paid yet",
    detail: "The invoice is not paid: a credit note takes off what is due, and there is nothing to refund.",
    ...no,
  },
  already_credited: {
    status: 409,
    title: "Credited before",
    detail: "Another credit note of the invoice gives this event back already.",
    ...no,
  },
  not_issued: {
    status: 409,
    title: "Invoice without a number",
    detail:
      "Only an invoice with a number has a document. One that is carried asks for nothing: its amount is on the next.",
    ...no,
  },
  export_too_large: {
    status: 413,
    title: "Too large for one answer",
    detail: 'The file is larger than one answer holds. Ask with `parts=true`, and follow `Link: <…>; rel="next"`.',
    ...no,
  },
  unsupported_media_type: {
    status: 415,
    title: "Content type not supported",
    detail: "The body has a content type that is not read here.",
    ...no,
  },
  unsupported_encoding: {
    status: 415,
    title: "Content encoding not supported",
    detail: "Send the body as it is, or in one of gzip and zstd.",
    ...no,
  },
  invalid_request: { status: 422, title: "Invalid request", detail: "Some fields do not hold together.", ...no },
  invalid_event: { status: 422, title: "Not an event", detail: "The event does not hold together.", ...no },
  time_too_old: { status: 422, title: "Too old", detail: "The event lies more than 35 days back.", ...no },
  time_in_future: { status: 422, title: "In the future", detail: "The event lies more than 5 minutes ahead.", ...no },
  data_too_large: { status: 422, title: "Too much data", detail: "The event has more than 8 KB of data.", ...no },
  invalid_amount: { status: 422, title: "No amount", detail: "The charge has no amount that can be charged.", ...no },
  same_identity: {
    status: 422,
    title: "The same identity",
    detail: "The event has the identity that it replaces, which the void strikes as well. Give it an id of its own.",
    ...no,
  },
  expiry_in_past: { status: 422, title: "Already expired", detail: "`expiresAt` lies in the past.", ...no },
  invalid_webhook_url: {
    status: 422,
    title: "No URL for a webhook",
    detail: "Webhooks go to https at a public address.",
    ...no,
  },
  invalid_range: { status: 422, title: "Invalid range", detail: "The range of time cannot be reported on.", ...no },
  too_many_windows: {
    status: 422,
    title: "Too many windows",
    detail: "The range has more windows of this size than one answer holds.",
    ...no,
  },
  too_scattered: {
    status: 422,
    title: "Events too scattered",
    detail: "The events fall into more than 1,000 shard-hours. Sort them by time before they are batched.",
    ...no,
  },
  credit_too_large: {
    status: 422,
    title: "More than is left",
    detail: "A credit note gives back more than nothing, and no more than is left of a line and of its invoice.",
    ...no,
  },
  unknown_event: { status: 422, title: "Unknown event", detail: "The invoice charged no event of this id.", ...no },
  unknown_line: { status: 422, title: "Unknown line", detail: "The invoice has no line of this id.", ...no },
  unknown_currency: { status: 422, title: "Unknown currency", detail: "No currency of ISO 4217 has this code.", ...no },
  unknown_customer: { status: 422, title: "Unknown customer", detail: "There is no customer of this id.", ...no },
  unknown_format: { status: 422, title: "Unknown format", detail: "Nothing is written in this format.", ...no },
  unknown_group: { status: 422, title: "Unknown group", detail: "The meter does not group by this.", ...no },
  tiers_exhausted: {
    status: 422,
    title: "Tiers end",
    detail: "A price's last tier is open (`upTo` null), or usage past it would have no price.",
    ...no,
  },
  unknown_meter: { status: 422, title: "Unknown meter", detail: "There is no meter of this key.", ...no },
  unknown_plan: { status: 422, title: "Unknown plan", detail: "There is no plan of this key.", ...no },
  unknown_timezone: { status: 422, title: "Unknown time zone", detail: "No IANA time zone has this name.", ...no },
  too_many_requests: { status: 429, title: "Too many requests", detail: "Slow down, then send this again.", ...yes },
  internal: { status: 500, title: "Our fault", detail: "Something broke on our side. It is logged.", ...yes },
  try_again: { status: 503, title: "Try again", detail: "Something is busy or away for a moment.", ...yes },
} as const satisfies Readonly<Record<string, ProblemRow>>;

/** The code of a failure that the API can answer. */
export type ErrorCode = keyof typeof problems;
