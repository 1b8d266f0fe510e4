import type { MicroCharge } from "@farthing/sdk";
import { type Column, DataTable } from "@/components/data-table.tsx";
import { Moment } from "@/components/moment.tsx";
import { alignment, Money } from "@/components/money.tsx";
import { Quantity } from "@/components/quantity.tsx";

interface Props {
  readonly label: string;
  readonly charges: readonly MicroCharge[];
  readonly currency: string;
  readonly zone: string;
}

/** Micro-charges in order of their events: what each added, and the line as it then stood. */
export function ChargeTable({ label, charges, currency, zone }: Props) {
  const columns: readonly Column<MicroCharge>[] = [
    { head: "Time", cell: ({ time }) => <Moment at={time} zone={zone} detail="second" /> },
    { head: "Event", grow: true, cell: (charge) => <EventId charge={charge} /> },
    {
      head: "Quantity",
      end: true,
      cell: ({ quantity }) => <Quantity value={quantity} />,
    },
    amounts("Amount", "amount", { charges, currency }),
    amounts("Running total", "running", { charges, currency }),
  ];
  return <DataTable label={label} columns={columns} rows={charges} rowKey={chargeKey} />;
}

function amounts(
  head: string,
  part: "amount" | "running",
  { charges, currency }: Pick<Props, "charges" | "currency">,
): Column<MicroCharge> {
  const align = alignment(charges.map((charge) => ({ value: charge[part], currency })));
  return { head, end: true, cell: (charge) => <Money value={charge[part]} currency={currency} align={align} /> };
}

/** An event that is billed and taken back stands twice, at different running totals. */
function chargeKey({ source, id, time, running }: MicroCharge): string {
  return `${time} ${source ?? ""} ${id} ${running}`;
}

function EventId({ charge: { kind, id, source } }: { readonly charge: MicroCharge }) {
  if (kind === "carried") return <span className="text-soft">Carried into the period</span>;
  return (
    <span className="font-mono text-xs text-ink [overflow-wrap:anywhere]">
      {id}
      {source ? <span className="block text-soft">{source}</span> : null}
    </span>
  );
}
