import type { Metadata } from "next";
import { EventFilters } from "@/components/events/event-filters.tsx";
import { EventList } from "@/components/events/event-list.tsx";
import { LiveEvents } from "@/components/events/live-events.tsx";
import { PageHeader } from "@/components/page-header.tsx";
import { listEvents, merchantZone } from "@/lib/api.ts";
import { eventChoice } from "@/lib/event-choice.ts";
import { readQuery, type SearchParams } from "@/lib/search.ts";

export const metadata: Metadata = { title: "Events" };

/** Events with what became of each and why, by the filters that the address holds, or as they arrive. */
export default async function EventsPage({ searchParams }: { readonly searchParams: SearchParams }) {
  const [query, zone] = await Promise.all([readQuery(searchParams), merchantZone()]);
  const choice = eventChoice(query, zone, new Date().toISOString());
  return (
    <>
      <PageHeader title="Events" />
      <div className="grid grid-cols-1 gap-6">
        <EventFilters choice={choice} />
        {choice.live ? (
          <LiveEvents zone={zone} query={query} />
        ) : (
          <EventList events={await listEvents(choice.filter)} choice={choice} zone={zone} />
        )}
      </div>
    </>
  );
}
