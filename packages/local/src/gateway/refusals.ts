/** What the gateway answers on its own, without asking a function. */
export interface Refusal {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

interface Reason {
  readonly status: number;
  readonly title: string;
  readonly code: string;
  readonly detail: string;
  /** The gateway's own word, which its clients on AWS know. */
  readonly message: string;
}

const reasons = {
  malformed: {
    status: 400,
    title: "Bad Request",
    code: "bad_request",
    detail: "The path of the request cannot be decoded.",
    message: "Bad Request",
  },
  unknown: {
    status: 404,
    title: "Not Found",
    code: "not_found",
    detail: "There is no such route.",
    message: "Not Found",
  },
  wrongMethod: {
    status: 405,
    title: "Method Not Allowed",
    code: "method_not_allowed",
    detail: "This route takes other methods: see the Allow header.",
    message: "Method Not Allowed",
  },
  tooLarge: {
    status: 413,
    title: "Content Too Large",
    code: "payload_too_large",
    detail: "The request is larger than the gateway takes.",
    message: "Request Entity Too Large",
  },
  headersTooLarge: {
    status: 431,
    title: "Request Header Fields Too Large",
    code: "headers_too_large",
    detail: "The request line and the headers together are larger than 10,240 bytes.",
    message: "Request Header Fields Too Large",
  },
  failed: {
    status: 500,
    title: "Internal Server Error",
    code: "internal",
    detail: "The function behind this route failed.",
    message: "Internal Server Error",
  },
  tooSlow: {
    status: 503,
    title: "Service Unavailable",
    code: "try_again",
    detail: "The function behind this route did not answer within 30 seconds.",
    message: "Service Unavailable",
  },
} satisfies Readonly<Record<string, Reason>>;

/** Why the gateway refuses. */
export type RefusalReason = keyof typeof reasons;

/**
 * The gateway's own answer as a problem document, with the `message` that AWS puts there beside it.
 *
 * Source: RFC 9457; HTTP API quotas (10 MB a request, 6 MB to a function, 10,240 bytes of headers, 30 s).
 */
export function refusal(reason: RefusalReason, headers: Readonly<Record<string, string>> = {}): Refusal {
  const { status, title, code, detail, message } = reasons[reason];
  return {
    status,
    headers: { "content-type": "application/problem+json", ...headers },
    body: JSON.stringify({ type: "about:blank", title, status, code, detail, message }),
  };
}
