"use client";

import { useRouter } from "next/navigation";
import { useEffect } from "react";

/** Reads the page again and again while it stands, for what is under way. */
export function ReadAgain({ everyMs }: { readonly everyMs: number }) {
  const router = useRouter();
  useEffect(() => {
    const timer = setInterval(() => router.refresh(), everyMs);
    return () => clearInterval(timer);
  }, [router, everyMs]);
  return null;
}
