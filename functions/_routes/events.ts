import { outcomes } from "@farthing/billing";
import * as v from "valibot";
import { CustomerIdText, DecimalText, MomentText, TimeText } from "../_kit/fields.ts";
import { route } from "../_kit/route.ts";

const Count = v.pipe(v.number(), v.integer());
const Outcome = v.picklist(outcomes);
const Verdict = v.picklist(["counted", "duplicate", "conflict", "unmetered", "voided", "rejected"]);
const Text = v.pipe(v.string(), v.maxLength(512));

const TracedEvent = v.pipe(
  v.object({
    key: v.pipe(v.string(), v.description("Names what was stored: two copies of an event differ in it.")),
    id: v.optional(v.string()),
    source: v.optional(v.string()),
    customer: v.optional(v.string()),
    type: v.optional(v.string()),
    time: v.optional(TimeText),
    receivedAt: TimeText,
    data: v.optional(v.unknown()),
    verdict: Verdict,
    code: v.pipe(v.string(), v.description("Why, as a stable code.")),
    reason: v.pipe(v.string(), v.description("Why, in words.")),
    outcome: v.optional(v.pipe(Outcome, v.description("Where the conservation report counts it."))),
    meters: v.optional(
      v.array(
        v.object({
          meter: v.string(),
          group: v.optional(v.record(v.string(), v.nullable(v.string()))),
          quantity: v.nullable(DecimalText),
        }),
      ),
    ),
    seal: v.optional(
      v.object({ number: Count, settlement: v.string(), sealedAt: TimeText, invoice: v.optional(v.string()) }),
    ),
    copyOf: v.optional(v.object({ key: v.string(), time: TimeText, receivedAt: TimeText })),
    index: v.optional(v.pipe(Count, v.description("Where a refused event stood in its request."))),
    more: v.optional(v.pipe(Count, v.description("Stands for so many further refused events of a request."))),
  }),
  v.title("TracedEvent"),
);

/** Lists events with their verdict. */
export const listEvents = route({
  route: "GET /v1/events",
  does: "Lists events with what became of each and why, by (time, id), newest first; refused ones by receipt. A page may be short and yet have a next one.",
  roles: ["read"],
  query: v.strictObject({
    customer: v.optional(CustomerIdText),
    type: v.optional(v.pipe(v.string(), v.maxLength(128))),
    id: v.optional(Text),
    source: v.optional(v.pipe(v.string(), v.maxLength(256), v.description("Empty for events without a source."))),
    meter: v.optional(v.pipe(v.string(), v.maxLength(128))),
    from: v.optional(MomentText),
    to: v.optional(MomentText),
    verdict: v.optional(Verdict),
    outcome: v.optional(Outcome),
  }),
  paged: true,
  answer: TracedEvent,
  errors: ["invalid_range"],
});

/** Shows every copy of an event. */
export const getEvent = route({
  route: "GET /v1/events/{id}",
  does: "Shows every copy that was sent of one event of a customer, newest first, with what became of each.",
  roles: ["read"],
  path: v.strictObject({ id: Text }),
  query: v.strictObject({
    customer: CustomerIdText,
    source: v.optional(v.pipe(v.string(), v.maxLength(256))),
    from: v.optional(MomentText),
    to: v.optional(MomentText),
  }),
  answer: v.object({ items: v.array(TracedEvent), more: v.boolean() }),
  errors: ["invalid_range", "not_found"],
});

const Whole = v.pipe(v.string(), v.regex(/^\d{1,3}$/, "A whole number."), v.transform(Number));

/** Shows events as they arrive. */
export const tailEvents = route({
  route: "GET /v1/events/tail",
  does: "Answers the events that arrived since a cursor, refused ones with them, or waits for some. With `Accept: text/event-stream`, a host that can stream sends them as they arrive.",
  roles: ["read"],
  query: v.strictObject({
    cursor: v.optional(v.pipe(v.string(), v.maxLength(8_000))),
    customer: v.optional(CustomerIdText),
    type: v.optional(v.pipe(v.string(), v.maxLength(128))),
    wait: v.optional(v.pipe(Whole, v.maxValue(20, "Seconds to wait, 20 at most.")), "20"),
    limit: v.optional(v.pipe(Whole, v.minValue(1), v.maxValue(500)), "100"),
  }),
  answer: v.pipe(
    v.object({
      items: v.array(TracedEvent),
      cursor: v.string(),
      oneIn: v.pipe(Count, v.description("Of so many events one is shown.")),
      asOf: TimeText,
    }),
    v.title("EventTail"),
  ),
  errors: ["invalid_cursor"],
});

const counts = v.entriesFromList(outcomes, Count);
const quantities = v.entriesFromList(outcomes, v.nullable(DecimalText));
const Link = v.pipe(v.string(), v.description("Lists these events; with `&outcome=` those behind one of the numbers."));

/** Reports what became of every event. */
export const reportConservation = route({
  route: "GET /v1/reports/conservation",
  does: "Holds accepted events against what became of them, over the hours of a range, by customer or by meter; `gap` is zero.",
  roles: ["read", "finance"],
  query: v.strictObject({
    from: MomentText,
    to: MomentText,
    customer: v.optional(CustomerIdText),
    meter: v.optional(v.pipe(v.string(), v.maxLength(128))),
    groupBy: v.optional(v.picklist(["customer", "meter"])),
  }),
  parts: true,
  answer: v.pipe(
    v.object({
      from: TimeText,
      to: TimeText,
      accepted: Count,
      ...counts,
      gap: Count,
      quarantined: v.pipe(Count, v.description("Of the open ones, those of bundles that cannot be read.")),
      rejected: v.optional(v.pipe(Count, v.description("Refused events by receipt, of the last 35 days."))),
      check: v.optional(
        v.object({
          through: TimeText,
          checkedAt: TimeText,
          gaps: v.array(v.object({ from: TimeText, to: TimeText, gap: Count })),
        }),
      ),
      events: Link,
      groups: v.optional(
        v.array(
          v.object({
            customer: v.optional(v.string()),
            meter: v.optional(v.string()),
            accepted: Count,
            ...counts,
            gap: v.optional(Count),
            quantities: v.optional(v.object(quantities)),
            events: Link,
          }),
        ),
      ),
      nextCursor: v.optional(
        v.pipe(
          v.string(),
          v.description(
            "Where to go on, of a report that takes longer than an answer may. Until there is none, numbers are of the customers counted so far, `gap` is 0, and `groups` are those of this part; the last answer has the sums of all.",
          ),
        ),
      ),
    }),
    v.title("Conservation"),
  ),
  errors: ["invalid_range", "unknown_meter", "report_too_large"],
});
