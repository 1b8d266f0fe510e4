import * as v from "valibot";
import { TimeText } from "../_kit/fields.ts";
import { route } from "../_kit/route.ts";
import { Count, Key } from "./event-shapes.ts";

const Backfill = v.pipe(
  v.object({
    name: v.string(),
    status: v.picklist(["open", "committing", "committed", "dropped"]),
    events: v.optional(
      v.pipe(Count, v.description("How many it holds, copies counted; lists leave it out while it is open.")),
    ),
    customers: v.optional(Count),
    from: v.optional(v.pipe(TimeText, v.description("The time of its first event."))),
    to: v.optional(v.pipe(TimeText, v.description("The time of its last event."))),
    createdAt: TimeText,
    closedAt: v.optional(TimeText),
    finishedAt: v.optional(TimeText),
  }),
  v.title("Backfill"),
);

const BackfillPath = v.strictObject({ name: Key });

/** Opens a backfill. */
export const openBackfill = route({
  route: "POST /v1/backfills",
  does: "Opens a backfill: events sent under its name, of any age, wait until it is committed or dropped as a whole.",
  roles: ["ingest", "billing"],
  body: v.strictObject({ name: Key }),
  status: 201,
  replay: "recomputed",
  answer: Backfill,
  errors: ["backfill_closed"],
});

/** Lists backfills. */
export const listBackfills = route({
  route: "GET /v1/backfills",
  does: "Lists backfills in order of their names.",
  roles: ["read"],
  paged: true,
  answer: Backfill,
  errors: [],
});

/** Shows a backfill. */
export const getBackfill = route({
  route: "GET /v1/backfills/{name}",
  does: "Shows a backfill and what it holds, or held when it closed.",
  roles: ["read"],
  path: BackfillPath,
  answer: Backfill,
  errors: ["not_found"],
});

/** Commits a backfill. */
export const commitBackfill = route({
  route: "POST /v1/backfills/{name}/commit",
  does: "Commits a backfill as a whole: its events count from now on, and the next invoices bill them.",
  roles: ["billing"],
  path: BackfillPath,
  status: 202,
  replay: "recomputed",
  answer: Backfill,
  errors: ["not_found", "backfill_closed"],
});

/** Drops a backfill. */
export const dropBackfill = route({
  route: "POST /v1/backfills/{name}/drop",
  does: "Drops a backfill as a whole: none of its events ever counts.",
  roles: ["billing"],
  path: BackfillPath,
  status: 202,
  replay: "recomputed",
  answer: Backfill,
  errors: ["not_found", "backfill_closed"],
});
