"use client";

import { Pause, Play } from "lucide-react";
import { Panel } from "@/components/panel.tsx";
import type { QueryValues } from "@/lib/search.ts";
import { EventTable } from "./event-table.tsx";
import { useTail } from "./use-tail.ts";

interface Props {
  readonly zone: string;
  readonly query: QueryValues;
}

/** Events as they arrive, newest first; Pause holds the list and counts what comes. */
export function LiveEvents({ zone, query }: Props) {
  const { events, waiting, oneIn, paused, problem, setPaused } = useTail(query);
  const Icon = paused ? Play : Pause;
  return (
    <Panel
      name="live"
      flush
      title="As they arrive"
      actions={
        <div className="flex items-center gap-3 text-sm text-soft">
          {oneIn > 1 ? <span data-one-in={oneIn}>showing 1 in {oneIn}</span> : null}
          {paused ? <span data-waiting={waiting}>{waiting} new</span> : null}
          <button type="button" className="button" aria-pressed={paused} onClick={() => setPaused(!paused)}>
            <Icon className="size-3.5" aria-hidden />
            {paused ? "Go on" : "Pause"}
          </button>
        </div>
      }
    >
      {events.length > 0 ? <EventTable events={events} zone={zone} query={stored(query)} /> : null}
      <p role="status" className="px-4 py-3 text-sm text-soft sm:px-5">
        {problem ?? (events.length === 0 ? "Waiting for events…" : `${events.length} shown, 1,000 at most`)}
      </p>
    </Panel>
  );
}

/** A row leads to the same event among the stored ones. */
function stored(query: QueryValues): QueryValues {
  return { ...query, live: undefined };
}
