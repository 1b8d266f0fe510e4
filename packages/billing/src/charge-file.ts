import { csvText } from "@farthing/metering";
import type { ChargeTotal } from "./charge-totals.ts";
import type { MicroCharge } from "./micro-charge.ts";

/** A way to write charges: a row at a time, so that no file is ever whole in memory but as text. */
export interface ChargeFormat {
  readonly mediaType: string;
  readonly ending: string;
  readonly header: string;
  charge(charge: MicroCharge): string;
  total(total: ChargeTotal): string;
}

const columns = [
  "record",
  "kind",
  "id",
  "source",
  "time",
  "type",
  "line",
  "meter",
  "group",
  "quantity",
  "amount",
  "running",
  "charges",
] as const;

type Cells = Readonly<Partial<Record<(typeof columns)[number], string>>>;

const csvRow = (cells: Cells) => csvText([columns.map((column) => cells[column] ?? "")]);
const groupCell = (group: MicroCharge["group"]) => (group === undefined ? {} : { group: JSON.stringify(group) });

/** How charges are written, by the content type that is asked for. */
export const chargeFormats: Readonly<Record<string, ChargeFormat>> = {
  "text/csv": {
    mediaType: "text/csv; charset=utf-8; header=present",
    ending: "csv",
    header: csvText([columns]),
    charge: ({ group, ...cells }) => csvRow({ record: "charge", ...cells, ...groupCell(group) }),
    total: ({ group, charges, ...cells }) =>
      csvRow({ record: "total", ...cells, ...groupCell(group), charges: String(charges) }),
  },
  "application/x-ndjson": {
    mediaType: "application/x-ndjson",
    ending: "ndjson",
    header: "",
    charge: (charge) => `${JSON.stringify({ record: "charge", ...charge })}\n`,
    total: (total) => `${JSON.stringify({ record: "total", ...total })}\n`,
  },
};
