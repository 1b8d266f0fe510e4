import type { SeenEvent } from "@farthing/sdk";
import Link from "next/link";
import { type Column, DataTable } from "@/components/data-table.tsx";
import { Moment } from "@/components/moment.tsx";
import { Status } from "@/components/status.tsx";
import { grouped } from "@/lib/decimal.ts";
import { href, type QueryValues } from "@/lib/search.ts";
import { EventDetail } from "./event-detail.tsx";

interface Props {
  readonly events: readonly SeenEvent[];
  readonly zone: string;
  /** The query that a row's own address keeps. */
  readonly query: QueryValues;
  /** The key of the event whose details stand below it. */
  readonly open?: string | undefined;
}

/** Events with what became of each; a row's link opens its details. */
export function EventTable({ events, zone, query, open }: Props) {
  const columns: readonly Column<SeenEvent>[] = [
    { head: "Event", grow: true, cell: (event) => <Name event={event} query={query} open={open === event.key} /> },
    { head: "Received", cell: ({ receivedAt }) => <Moment at={receivedAt} zone={zone} detail="clock" /> },
    {
      head: "Event time",
      cell: ({ time }) => (time === undefined ? "" : <Moment at={time} zone={zone} detail="second" />),
    },
    { head: "Customer", cell: ({ customer = "" }) => <span className="whitespace-nowrap">{customer}</span> },
    { head: "Meter", cell: ({ meters = [] }) => meters.map(({ meter }) => meter).join(", ") },
    { head: "Quantity", end: true, cell: ({ meters = [] }) => <Quantities meters={meters} /> },
    { head: "Verdict", cell: ({ verdict }) => <Status status={verdict} /> },
  ];
  const below = (event: SeenEvent) => (open === event.key ? <EventDetail event={event} zone={zone} /> : undefined);
  return <DataTable tall label="Events" columns={columns} rows={events} rowKey={({ key }) => key} below={below} />;
}

function Name({
  event,
  query,
  open,
}: {
  readonly event: SeenEvent;
  readonly query: QueryValues;
  readonly open: boolean;
}) {
  const { key, id, more } = event;
  const words = id ?? (more === undefined ? "without an id" : `and ${grouped(String(more))} more`);
  return (
    <Link
      href={href("/events", { ...query, show: open ? undefined : key })}
      prefetch={false}
      scroll={false}
      aria-expanded={open}
      className="row-link font-mono text-xs [overflow-wrap:anywhere]"
    >
      {words}
    </Link>
  );
}

function Quantities({ meters }: { readonly meters: NonNullable<SeenEvent["meters"]> }) {
  return meters.map(({ meter, quantity }) => (
    <data key={meter} value={quantity ?? ""} className="block whitespace-nowrap text-ink">
      {quantity === null ? "–" : grouped(quantity)}
    </data>
  ));
}
