import { no, type ProblemRow, yes } from "./problem-row.ts";
import { problemsOfContent } from "./problems-of-content.ts";
import { problemsOfState } from "./problems-of-state.ts";

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
  export_too_large: {
    status: 413,
    title: "Too large for one answer",
    detail: 'The file is larger than one answer holds. Ask with `parts=true`, and follow `Link: <…>; rel="next"`.',
    ...no,
  },
  report_too_large: {
    status: 413,
    title: "Too much for one answer",
    detail: "Meters are counted event by event, and these were too many. Ask for less time, or for one customer.",
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
  too_many_requests: { status: 429, title: "Too many requests", detail: "Slow down, then send this again.", ...yes },
  internal: { status: 500, title: "Our fault", detail: "Something broke on our side. It is logged.", ...yes },
  try_again: { status: 503, title: "Try again", detail: "Something is busy or away for a moment.", ...yes },
  ...problemsOfState,
  ...problemsOfContent,
} as const satisfies Readonly<Record<string, ProblemRow>>;

/** The code of a failure that the API can answer. */
export type ErrorCode = keyof typeof problems;
