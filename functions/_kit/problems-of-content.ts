import { no, type ProblemRow } from "./problem-row.ts";

/** Failures of requests whose content says what cannot be. Source: RFC 9110, 15.5.21. */
export const problemsOfContent = {
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
  unknown_coupon: { status: 422, title: "Unknown coupon", detail: "There is no coupon of this key.", ...no },
} as const satisfies Readonly<Record<string, ProblemRow>>;
