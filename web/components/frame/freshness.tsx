"use client";

import { RefreshCw } from "lucide-react";
import { useRouter } from "next/navigation";
import { useEffect, useSyncExternalStore, useTransition } from "react";
import { timeText, utcText } from "@/lib/times.ts";

let readAt: string | undefined;
const listeners = new Set<() => void>();

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Tells the chip when the page that holds this mark was read. The chip outlives pages; its moment must not. */
export function FreshnessMark({ at }: { readonly at: string }) {
  useEffect(() => {
    readAt = at;
    for (const listener of listeners) listener();
  }, [at]);
  return null;
}

interface ChipProps {
  /** When the frame was read: what holds until a page says otherwise. */
  readonly at: string;
  readonly zone: string;
}

/** Says as of when the figures hold. Pressing it reads them again. */
export function FreshnessChip({ at, zone }: ChipProps) {
  const router = useRouter();
  const [reading, startReading] = useTransition();
  const shown = useSyncExternalStore(
    subscribe,
    () => readAt ?? at,
    () => at,
  );
  return (
    <button
      type="button"
      data-freshness
      title={`${utcText(shown)}. Press to read again.`}
      onClick={() => startReading(() => router.refresh())}
      className="flex h-7 items-center gap-1.5 whitespace-nowrap rounded-full border border-line bg-panel px-2.5 text-xs text-soft hover:text-ink"
    >
      <RefreshCw className={`size-3 ${reading ? "motion-safe:animate-spin" : ""}`} aria-hidden />
      <span>
        as of <time dateTime={shown}>{timeText(shown, zone, "clock")}</time>
      </span>
    </button>
  );
}
