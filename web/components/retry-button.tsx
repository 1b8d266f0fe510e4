"use client";

import { useRouter } from "next/navigation";
import { useTransition } from "react";

/** Reads the page again, in place. */
export function RetryButton() {
  const router = useRouter();
  const [trying, startTrying] = useTransition();
  return (
    <button type="button" className="button mt-3" disabled={trying} onClick={() => startTrying(() => router.refresh())}>
      {trying ? "Trying…" : "Try again"}
    </button>
  );
}
