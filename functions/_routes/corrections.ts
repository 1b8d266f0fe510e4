import * as v from "valibot";
import { CustomerIdText, Label, MomentText, TimeText } from "../_kit/fields.ts";
import { route } from "../_kit/route.ts";
import { Event, Warning } from "./event-shapes.ts";

const identityFields = { id: v.string(), customer: v.string(), source: v.optional(v.string()) };

const voidFields = {
  id: v.pipe(
    v.string(),
    v.minLength(1),
    v.maxBytes(512),
    v.check((id) => id.isWellFormed(), "The text holds half a character."),
  ),
  customer: CustomerIdText,
  source: v.optional(v.pipe(v.string(), v.minLength(1), v.maxBytes(256))),
  time: v.optional(MomentText),
  reason: v.optional(Label),
};

/** Voids an event. */
export const voidEvent = route({
  route: "POST /v1/events/void",
  does: "Says that an event no longer counts, wherever its copies lie; what an invoice billed for it, the next one credits.",
  roles: ["ingest", "billing"],
  body: v.strictObject(voidFields),
  status: 202,
  replay: "recomputed",
  answer: v.object({ ...identityFields, receivedAt: TimeText }),
  errors: [],
});

/** Replaces an event. */
export const replaceEvent = route({
  route: "POST /v1/events/replace",
  does: "Voids an event and takes in another, with an id of its own, in its place; both or, on an error, once it is sent again.",
  roles: ["ingest", "billing"],
  body: v.strictObject({ ...voidFields, event: Event }),
  status: 202,
  replay: "recomputed",
  answer: v.object({
    voided: v.object(identityFields),
    event: v.object({ ...identityFields, type: v.string(), time: TimeText }),
    receivedAt: TimeText,
    warnings: v.array(Warning),
  }),
  errors: ["invalid_event", "time_too_old", "time_in_future", "data_too_large", "invalid_amount", "same_identity"],
});
