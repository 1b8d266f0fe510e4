import * as v from "valibot";

/** A key of the merchant's own, such as of a meter or a backfill. */
export const Key = v.pipe(
  v.string(),
  v.regex(/^[A-Za-z0-9_.:@-]{1,128}$/, "A key has 1 to 128 characters of A-Z a-z 0-9 _ . : @ -"),
);

/** How many of something. */
export const Count = v.pipe(v.number(), v.integer(), v.minValue(0));

/** Something to know about an event that was taken. */
export const Warning = v.object({
  index: Count,
  code: v.picklist(["unmetered", "value_missing", "value_not_numeric", "unknown_customer"]),
  message: v.string(),
});

/** An event as it is sent. */
export const Event = v.pipe(
  v.object({
    id: v.string(),
    type: v.string(),
    customer: v.string(),
    time: v.optional(v.string()),
    source: v.optional(v.string()),
    data: v.optional(v.record(v.string(), v.unknown())),
  }),
  v.title("Event"),
);
