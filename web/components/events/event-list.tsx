import type { Page, SeenEvent } from "@farthing/sdk";
import { Pager } from "@/components/pager.tsx";
import { Panel } from "@/components/panel.tsx";
import { Failed, FirstUse, NoResults } from "@/components/states.tsx";
import type { Answer } from "@/lib/api.ts";
import { eventCommand } from "@/lib/commands.ts";
import type { EventChoice } from "@/lib/event-choice.ts";
import { EventTable } from "./event-table.tsx";

interface Props {
  readonly events: Answer<Page<SeenEvent>>;
  readonly choice: EventChoice;
  readonly zone: string;
}

/** A page of events, or what stands in its place. A page may be empty while more follow: filters apply after reading. */
export function EventList({ events, choice, zone }: Props) {
  if (!events.ok) return <Failed what="the events" problem={events.problem} />;
  const { items, nextCursor } = events.value;
  const { query, range, named } = choice;
  if (items.length === 0 && !nextCursor) return <Nothing choice={choice} />;
  // The next page belongs to the same moments, not to the same name of a range.
  const kept = { ...query, range: undefined, since: range.from, until: range.to, show: undefined };
  return (
    <Panel name="events" flush>
      {items.length > 0 ? (
        <EventTable events={items} zone={zone} query={query} open={query.show} />
      ) : (
        <p className="px-4 pt-4 text-sm text-soft sm:px-5">
          Nothing so far has {named.map(([name, value]) => `${name} ${value}`).join(", ") || "this range"}; look on.
        </p>
      )}
      <Pager path="/events" query={kept} shown={items.length} nextCursor={nextCursor} thing="event" />
    </Panel>
  );
}

function Nothing({ choice: { named, query, range } }: Pick<Props, "choice">) {
  if (named.length === 0 && !query.range && !query.since && !query.cursor) {
    return (
      <FirstUse title="No event in the last 24 hours" command={eventCommand()}>
        Every event that is accepted stands here at once, with what became of it and why.
      </FirstUse>
    );
  }
  const filters = named.map(([name, value]) => `${name} ${value}`).join(", ");
  return (
    <NoResults clear="/events">
      No event of <strong className="text-ink">{filters || range.label.toLowerCase()}</strong> in this range.
    </NoResults>
  );
}
