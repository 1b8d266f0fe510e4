import * as v from "valibot";
import { CustomerIdText, DecimalText, PartsText, ThroughText, TimeText } from "../_kit/fields.ts";
import { FileAnswer } from "../_kit/file-answer.ts";
import { route } from "../_kit/route.ts";

const Count = v.pipe(v.number(), v.integer());

const Settlement = v.pipe(
  v.object({
    id: v.string(),
    status: v.picklist(["rolling", "settling", "done", "failed"]),
    through: TimeText,
    dryRun: v.boolean(),
    customers: Count,
    invoices: Count,
    totals: v.array(
      v.object({ currency: v.string(), exact: DecimalText, invoiced: DecimalText, carried: DecimalText }),
    ),
    createdAt: TimeText,
    finishedAt: v.optional(TimeText),
  }),
  v.title("Settlement"),
);

/** Starts a settlement. */
export const createSettlement = route({
  route: "POST /v1/settlements",
  does: "Starts a settlement that bills every fact before `through`, of the customers named or of all.",
  roles: ["finance", "billing"],
  body: v.strictObject({
    through: ThroughText,
    customers: v.optional(v.pipe(v.array(CustomerIdText), v.minLength(1), v.maxLength(1000))),
    dryRun: v.optional(v.boolean()),
  }),
  status: 202,
  replay: "stored",
  answer: Settlement,
  errors: [],
});

const SettlementPath = v.strictObject({ id: v.pipe(v.string(), v.maxLength(128)) });

/** Shows a settlement. */
export const getSettlement = route({
  route: "GET /v1/settlements/{id}",
  does: "Shows a settlement, and when it is done what it came to.",
  roles: ["read", "finance", "billing"],
  path: SettlementPath,
  answer: Settlement,
  errors: ["not_found"],
});

/** Lists settlements. */
export const listSettlements = route({
  route: "GET /v1/settlements",
  does: "Lists settlements, newest first.",
  roles: ["read", "finance", "billing"],
  paged: true,
  answer: Settlement,
  errors: [],
});

const FormatText = v.pipe(
  v.optional(v.pipe(v.string(), v.maxLength(32)), "csv"),
  v.description("csv, jsonl, journal (plain text for hledger), xlsx or parquet."),
);

/** Exports a settlement. */
export const exportSettlement = route({
  route: "GET /v1/settlements/{id}/export",
  does: "Exports a settlement's invoices with their lines and control totals, whole or in parts.",
  roles: ["finance", "read"],
  path: SettlementPath,
  query: v.strictObject({ format: FormatText, parts: v.optional(PartsText, "false") }),
  file: [
    "text/csv; charset=utf-8",
    "application/jsonl",
    "text/plain; charset=utf-8",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "application/vnd.apache.parquet",
  ],
  parts: true,
  answer: FileAnswer,
  errors: ["unknown_format", "not_found", "settlement_running", "export_too_large"],
});
