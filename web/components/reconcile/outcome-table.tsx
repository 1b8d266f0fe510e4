import type { ConservationGroup } from "@farthing/sdk";
import Link from "next/link";
import { type Column, DataTable } from "@/components/data-table.tsx";
import { grouped } from "@/lib/decimal.ts";
import { outcomes, pageOfLink } from "@/lib/event-choice.ts";
import { href } from "@/lib/search.ts";

interface Props {
  readonly label: string;
  readonly head: string;
  readonly groups: readonly ConservationGroup[];
  readonly nameOf: (group: ConservationGroup) => string;
}

/** What became of the events of each customer or meter; every number leads to the events behind it. */
export function OutcomeTable({ label, head, groups, nameOf }: Props) {
  const columns: readonly Column<ConservationGroup>[] = [
    { head, grow: true, cell: (group) => <span className="[overflow-wrap:anywhere]">{nameOf(group)}</span> },
    { head: "Accepted", end: true, cell: (group) => <Count count={group.accepted} link={group.events} /> },
    ...outcomes.map((outcome) => ({
      head: outcome.slice(0, 1).toUpperCase() + outcome.slice(1),
      end: true,
      cell: (group: ConservationGroup) => <Count count={group[outcome]} link={group.events} outcome={outcome} />,
    })),
    ...(groups.some(({ gap }) => gap !== undefined) ? [{ head: "Gap", end: true, cell: gapOf }] : []),
  ];
  return <DataTable label={label} columns={columns} rows={groups} rowKey={nameOf} />;
}

interface CountProps {
  readonly count: number;
  readonly link: string;
  readonly outcome?: string;
}

/** A number of events, and the way to them. */
export function Count({ count, link, outcome }: CountProps) {
  const shown = <data value={count}>{grouped(String(count))}</data>;
  if (count === 0) return <span className="text-soft">{shown}</span>;
  return (
    <Link className="link" href={href("/events", { ...pageOfLink(link), outcome })} prefetch={false}>
      {shown}
    </Link>
  );
}

function gapOf({ gap = 0 }: ConservationGroup) {
  return (
    <data value={gap} className={gap === 0 ? "text-good" : "font-medium text-bad"}>
      {grouped(String(gap))}
    </data>
  );
}
