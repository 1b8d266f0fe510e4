import { aggregationNames, eventContentTypes, Filter, usageCsv } from "@farthing/metering";
import * as v from "valibot";
import { CustomerIdText, DecimalText, Label, MomentText, PathText, TimeText } from "../_kit/fields.ts";
import { route } from "../_kit/route.ts";
import { Count, Event, Key, Warning } from "./event-shapes.ts";

const Rejected = v.object({
  index: Count,
  id: v.optional(v.string()),
  code: v.picklist(["invalid_event", "time_too_old", "time_in_future", "data_too_large", "invalid_amount"]),
  message: v.string(),
});

const Ingest = v.pipe(
  v.object({
    accepted: Count,
    duplicates: v.pipe(Count, v.description("Exact copies within this request.")),
    receivedAt: TimeText,
    rejected: v.pipe(v.array(Rejected), v.description("At most 1,000 of `rejectedCount`.")),
    rejectedCount: Count,
    warnings: v.pipe(v.array(Warning), v.description("At most 1,000 of `warningCount`.")),
    warningCount: Count,
    backfill: v.optional(
      v.pipe(
        v.object({ name: v.string(), staged: v.boolean() }),
        v.description(
          "Whether the events wait under the backfill's name, or were taken at once since nobody opened it.",
        ),
      ),
    ),
  }),
  v.title("IngestAnswer"),
);

/** Takes events in. */
export const acceptEvents = route({
  route: "POST /v1/events",
  does: "Takes events in, each on its own; what is accepted is durable when the answer leaves.",
  roles: ["ingest"],
  query: v.strictObject({ backfill: v.optional(Key) }),
  accepts: eventContentTypes,
  holds: v.union([v.object({ events: v.array(Event) }), v.array(Event), Event]),
  status: 202,
  otherwise: { status: 422, when: (answer) => (answer as v.InferOutput<typeof Ingest>).accepted === 0 },
  replay: "recomputed",
  answer: Ingest,
  exact: true,
  errors: ["backfill_closed", "invalid_json", "too_deep", "too_many_events", "too_scattered"],
});

const meterFields = {
  eventType: v.string(),
  aggregation: v.picklist(aggregationNames),
  value: v.optional(v.string()),
  operation: v.optional(v.string()),
  groupBy: v.array(v.string()),
  filter: v.optional(v.record(v.string(), v.unknown())),
  name: v.optional(v.string()),
  unit: v.optional(v.string()),
};

const Meter = v.pipe(
  v.object({
    key: v.string(),
    ...meterFields,
    revision: Count,
    countsFrom: v.pipe(
      v.nullable(TimeText),
      v.description(
        "Every event from here on is counted by this definition, earlier ones where no invoice billed them; null where nothing was billed.",
      ),
    ),
    createdAt: TimeText,
    updatedAt: TimeText,
  }),
  v.title("Meter"),
);

/** Creates or changes a meter. */
export const putMeter = route({
  route: "PUT /v1/meters/{key}",
  does: "Creates or changes a meter; it counts stored facts that no invoice billed yet.",
  roles: ["billing"],
  path: v.strictObject({ key: Key }),
  body: v.strictObject({
    eventType: v.pipe(v.string(), v.minLength(1), v.maxLength(128)),
    aggregation: meterFields.aggregation,
    value: v.optional(PathText),
    operation: v.optional(PathText),
    filter: v.optional(Filter),
    groupBy: v.optional(v.pipe(v.array(PathText), v.maxLength(10))),
    name: v.optional(Label),
    unit: v.optional(Label),
  }),
  answer: Meter,
  errors: ["invalid_request"],
});

/** Shows a meter. */
export const getMeter = route({
  route: "GET /v1/meters/{key}",
  does: "Shows a meter.",
  roles: ["read"],
  path: v.strictObject({ key: Key }),
  answer: Meter,
  errors: ["not_found"],
});

/** Lists meters. */
export const listMeters = route({
  route: "GET /v1/meters",
  does: "Lists meters in order of their keys.",
  roles: ["read"],
  paged: true,
  answer: Meter,
  errors: [],
});

const Usage = v.pipe(
  v.object({
    meter: v.string(),
    from: TimeText,
    to: TimeText,
    window: v.string(),
    groupBy: v.array(v.string()),
    rows: v.array(
      v.object({
        from: TimeText,
        to: TimeText,
        customer: v.optional(v.string()),
        group: v.optional(v.record(v.string(), v.nullable(v.string()))),
        value: v.nullable(DecimalText),
      }),
    ),
    asOf: TimeText,
  }),
  v.title("Usage"),
);

/** Reads usage. */
export const queryUsage = route({
  route: "GET /v1/usage",
  does: "Reads what a meter measured, window by window; shows every event that was answered before.",
  roles: ["read"],
  query: v.strictObject({
    meter: v.string(),
    customer: v.optional(CustomerIdText),
    from: MomentText,
    to: MomentText,
    window: v.optional(v.picklist(["minute", "hour", "day", "week", "month", "none"]), "none"),
    groupBy: v.optional(
      v.pipe(
        v.string(),
        v.transform((text) => text.split(",").filter((part) => part !== "")),
      ),
    ),
    timezone: v.optional(v.string(), "UTC"),
    exact: v.optional(
      v.pipe(
        v.picklist(["true", "false"]),
        v.transform((text) => text === "true"),
        v.description("Finds copies wherever they lie, as seals do: the figures that bills are made of."),
      ),
      "false",
    ),
  }),
  answer: Usage,
  csv: (answer) => usageCsv(v.parse(Usage, answer)),
  errors: ["invalid_range", "unknown_meter", "unknown_group", "unknown_timezone", "too_many_windows"],
});
