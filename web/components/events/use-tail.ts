import type { EventTail, SeenEvent } from "@farthing/sdk";
import { useEffect, useRef, useState } from "react";
import { addArrived, noEvents, type Shown } from "@/lib/arrived.ts";
import { href, type QueryValues } from "@/lib/search.ts";

/** What a live list shows, and how it is held. */
export interface TailView {
  readonly events: readonly SeenEvent[];
  /** How many arrived since it is held. */
  readonly waiting: number;
  readonly oneIn: number;
  readonly paused: boolean;
  readonly problem: string | undefined;
  setPaused(paused: boolean): void;
}

const retryMs = 3_000;

/** Asks for what arrives, again and again, each time from where the last answer ended: what one try misses, the next brings. */
export function useTail({ customer, type }: QueryValues): TailView {
  const [shown, setShown] = useState<Shown>(noEvents);
  const [paused, setPaused] = useState(false);
  const [problem, setProblem] = useState<string>();
  const held = useRef(paused);
  held.current = paused;
  useEffect(() => {
    const stop = new AbortController();
    setShown(noEvents);
    void follow({ customer, type }, stop.signal, {
      arrived: (tail) => setShown((before) => addArrived(before, tail, held.current)),
      failed: setProblem,
    });
    return () => stop.abort();
  }, [customer, type]);
  return {
    events: shown.events,
    waiting: shown.held.length,
    oneIn: shown.oneIn,
    paused,
    problem,
    setPaused: (next) => {
      setPaused(next);
      if (!next) setShown((before) => addArrived(before, { items: [], oneIn: before.oneIn }, false));
    },
  };
}

interface Heard {
  readonly arrived: (tail: EventTail) => void;
  readonly failed: (problem: string | undefined) => void;
}

async function follow(filter: QueryValues, signal: AbortSignal, { arrived, failed }: Heard): Promise<void> {
  let cursor: string | undefined;
  while (!signal.aborted) {
    const tail = await ask(href("/events/tail", { ...filter, cursor }), signal);
    if (signal.aborted) return;
    failed(tail === undefined ? "The tail is interrupted; it goes on by itself." : undefined);
    if (tail === undefined) await pause(retryMs);
    else {
      arrived(tail);
      cursor = tail.cursor;
    }
  }
}

async function ask(address: string, signal: AbortSignal): Promise<EventTail | undefined> {
  try {
    const answer = await fetch(address, { signal, cache: "no-store" });
    // The route hands the API's own answer through.
    return answer.ok ? ((await answer.json()) as EventTail) : undefined;
  } catch {
    return undefined;
  }
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
