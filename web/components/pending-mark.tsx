"use client";

import { LoaderCircle } from "lucide-react";
import { useLinkStatus } from "next/link";

/** Turns inside a link while what it leads to is read. */
export function PendingMark() {
  const { pending } = useLinkStatus();
  return (
    <LoaderCircle
      aria-hidden
      className={`mt-0.5 size-3.5 shrink-0 text-soft motion-safe:animate-spin ${pending ? "" : "invisible"}`}
    />
  );
}
