import * as v from "valibot";
import { DecimalText, MomentText, TimeText } from "../_kit/fields.ts";
import { route } from "../_kit/route.ts";
import { Count, Key } from "./event-shapes.ts";

const LineChange = v.object({
  kind: v.picklist(["usage", "flat", "minimum", "charges", "adjustment", "discount", "credit", "tax"]),
  meter: v.optional(v.string()),
  group: v.optional(v.record(v.string(), v.string())),
  description: v.string(),
  period: v.object({ from: TimeText, to: TimeText }),
  quantity: DecimalText,
  exact: DecimalText,
});

const InvoiceChange = v.object({
  currency: v.string(),
  before: v.pipe(DecimalText, v.description("What the next invoice comes to without the backfill, exactly.")),
  after: DecimalText,
  change: DecimalText,
  totalBefore: v.pipe(DecimalText, v.description("What it asks for, rounded.")),
  totalAfter: DecimalText,
  lines: v.array(LineChange),
});

const BackfillChange = v.pipe(
  v.object({
    customer: v.string(),
    events: v.pipe(Count, v.description("Its staged events; the next four add up to it.")),
    counted: Count,
    duplicates: Count,
    conflicts: Count,
    voided: Count,
    invoices: v.array(InvoiceChange),
  }),
  v.title("BackfillChange"),
);

/** Previews a backfill. */
export const previewBackfill = route({
  route: "GET /v1/backfills/{name}/preview",
  does: "Tells what an open backfill would change of each customer's next invoices, in money, if they billed up to `through`.",
  roles: ["read", "billing"],
  path: v.strictObject({ name: Key }),
  query: v.strictObject({ through: v.optional(MomentText) }),
  paged: true,
  answer: BackfillChange,
  errors: ["not_found", "backfill_closed"],
});
