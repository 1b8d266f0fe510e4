import type { Meter, Page } from "@farthing/sdk";
import Link from "next/link";
import { type Column, DataTable } from "@/components/data-table.tsx";
import { Moment } from "@/components/moment.tsx";
import { Panel } from "@/components/panel.tsx";
import { Failed, FirstUse } from "@/components/states.tsx";
import type { Answer } from "@/lib/api.ts";
import { meterCommand } from "@/lib/commands.ts";
import { filterWords } from "@/lib/filter-words.ts";
import { href } from "@/lib/search.ts";
import { meterTitle, meterUnit } from "@/lib/usage-view.ts";

interface Props {
  readonly meters: Answer<Page<Meter>>;
  readonly zone: string;
}

/** All meters, or what stands in their place; each row leads to its usage. */
export function MeterList({ meters, zone }: Props) {
  if (!meters.ok) return <Failed what="the meters" problem={meters.problem} />;
  if (meters.value.items.length === 0) {
    return (
      <FirstUse title="No meter yet" command={meterCommand()}>
        A meter folds the events of one type into one quantity: their number, or the sum, the largest or another value
        of one of their fields.
      </FirstUse>
    );
  }
  const columns: readonly Column<Meter>[] = [
    { head: "Meter", grow: true, cell: (meter) => <Open meter={meter} /> },
    { head: "Key", cell: ({ key }) => <Code>{key}</Code> },
    { head: "Events of type", cell: ({ eventType }) => <Code>{eventType}</Code> },
    { head: "Takes", cell: (meter) => <Takes meter={meter} /> },
    { head: "Unit", cell: (meter) => meterUnit(meter) },
    {
      head: "Apart by",
      cell: ({ groupBy }) =>
        groupBy.length > 0 ? <Code>{groupBy.join(", ")}</Code> : <span className="text-soft">nothing</span>,
    },
    { head: "Changed", end: true, cell: ({ updatedAt }) => <Moment at={updatedAt} zone={zone} detail="day" /> },
  ];
  return (
    <Panel name="meters" flush>
      <DataTable label="Meters" columns={columns} rows={meters.value.items} rowKey={({ key }) => key} />
    </Panel>
  );
}

function Open({ meter }: { readonly meter: Meter }) {
  return (
    <Link href={href("/usage", { meter: meter.key })} prefetch={false} className="row-link">
      {meterTitle(meter)}
    </Link>
  );
}

function Takes({ meter: { aggregation, value, filter } }: { readonly meter: Meter }) {
  return (
    <>
      {aggregation.replaceAll("_", " ")}
      {value ? (
        <>
          {" of "}
          <Code>{value}</Code>
        </>
      ) : null}
      {filter ? (
        <span className="block text-soft">
          where <Code>{filterWords(filter)}</Code>
        </span>
      ) : null}
    </>
  );
}

function Code({ children }: { readonly children: string }) {
  return <code className="font-mono text-xs text-ink">{children}</code>;
}
