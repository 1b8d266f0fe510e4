import type { EventData } from "@farthing/metering";
import { formatDecimal } from "@farthing/money";
import type { CustomerTrace, TracedFate } from "./customer-trace.ts";
import { timeText } from "./documents.ts";
import { type EventVerdict, type FateCode, fateWords } from "./event-fate.ts";
import { invoiceId } from "./invoice-id.ts";
import { customerOf } from "./newest-rows.ts";
import type { MeteredCell } from "./row-meters.ts";
import type { Seal } from "./seal.ts";
import { rowKey, type TracedRow } from "./traced-row.ts";

/** What an event added to a meter; `quantity` is null where the aggregation has no value of one event. */
export interface EventMeter {
  readonly meter: string;
  readonly group?: Readonly<Record<string, string | null>>;
  readonly quantity: string | null;
}

/** The settlement that covered an event, or struck it. */
export interface EventSeal {
  readonly number: number;
  readonly settlement: string;
  readonly sealedAt: string;
  readonly invoice?: string;
}

/** An event as the debugger shows it; `key` names what was stored, so that two copies differ. */
export interface EventDocument {
  readonly key: string;
  readonly id: string;
  readonly source?: string;
  readonly customer: string;
  readonly type: string;
  readonly time: string;
  readonly receivedAt: string;
  readonly data: EventData;
  readonly verdict: EventVerdict;
  readonly code: FateCode;
  readonly reason: string;
  readonly outcome: TracedFate["outcome"];
  readonly meters: readonly EventMeter[];
  readonly seal?: EventSeal;
  readonly copyOf?: { readonly key: string; readonly time: string; readonly receivedAt: string };
}

/** Shows an event with what became of it. */
export async function eventDocument(trace: CustomerTrace, row: TracedRow, fate: TracedFate): Promise<EventDocument> {
  const { bundle, origin, time } = row;
  const source = bundle.source(row.row);
  const counts = fate.verdict === "counted" || fate.verdict === "voided";
  const copyOf = fate.verdict === "duplicate" || fate.verdict === "conflict" ? await trace.original(row) : undefined;
  return {
    key: rowKey(row),
    id: bundle.id(row.row),
    ...(source === undefined ? {} : { source }),
    customer: customerOf(row),
    type: bundle.types[bundle.typeIndex[row.row] ?? 0] ?? "",
    time: timeText(time),
    receivedAt: timeText(origin.receivedAt),
    data: bundle.data(row.row),
    verdict: fate.verdict,
    code: fate.code,
    reason: fateWords[fate.code],
    outcome: fate.outcome,
    meters: counts ? fate.cells.map(meterOf) : [],
    ...(fate.seal === undefined ? {} : { seal: sealOf(trace, row, { seal: fate.seal, cells: fate.cells }) }),
    ...(copyOf === undefined ? {} : { copyOf: copyName(copyOf) }),
  };
}

function meterOf({ meter, cell, quantity }: MeteredCell): EventMeter {
  const group = Object.fromEntries(meter.groupBy.map((path, index) => [path, cell.group[index] ?? null]));
  const text = quantity === null ? null : formatDecimal(quantity);
  return { meter: meter.key, ...(meter.groupBy.length === 0 ? {} : { group }), quantity: text };
}

function copyName(row: TracedRow) {
  return { key: rowKey(row), time: timeText(row.time), receivedAt: timeText(row.origin.receivedAt) };
}

function sealOf(
  trace: CustomerTrace,
  row: TracedRow,
  { seal, cells }: { readonly seal: Seal; readonly cells: readonly MeteredCell[] },
): EventSeal {
  const invoice = invoiceFor(trace.sealsFrom(seal.number), row, cells);
  const { number, settlement, sealedAt } = seal;
  return { number, settlement, sealedAt: timeText(sealedAt), ...(invoice === undefined ? {} : { invoice }) };
}

/** The first invoice, of a seal or one behind it, with a line of one of the meters for the event's time. */
function invoiceFor(seals: readonly Seal[], { time }: TracedRow, cells: readonly MeteredCell[]): string | undefined {
  const meters = new Set(cells.map(({ meter }) => meter.key));
  for (const { customer, number, invoices } of seals) {
    const found = invoices.find(({ lines }) =>
      lines.some(
        ({ meter, key }) => meter !== undefined && meters.has(meter) && time >= key.periodFrom && time < key.periodTo,
      ),
    );
    if (found !== undefined) return invoiceId({ customer: customer.customer, seal: number, currency: found.currency });
  }
  return undefined;
}
