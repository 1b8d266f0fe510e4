"use client";

import Link from "next/link";
import { usePathname, useSearchParams } from "next/navigation";
import { type ReactNode, useState } from "react";
import { pageAt } from "@/lib/page-at.ts";

interface Props {
  readonly path: string;
  /** The paths of all pages of the rail. */
  readonly paths: readonly string[];
  readonly children: ReactNode;
}

/**
 * A page in the rail; it knows whether the reader is on it or below it. It is read ahead once the reader points at it: all
 * pages of the rail, with every page that is opened, would be a dozen requests to the API that hardly anyone needs.
 */
export function RailLink({ path, paths, children }: Props) {
  const current = pageAt(paths, usePathname(), useSearchParams()) === path;
  const [wanted, setWanted] = useState(false);
  const want = () => setWanted(true);
  return (
    <Link
      href={path}
      prefetch={wanted ? null : false}
      onMouseEnter={want}
      onFocus={want}
      aria-current={current ? "page" : undefined}
      className="flex h-8 items-center gap-2.5 rounded-md px-2 text-sm text-body hover:bg-hover hover:text-ink aria-[current]:bg-panel aria-[current]:font-medium aria-[current]:text-ink aria-[current]:shadow-[0_0_0_1px_var(--line)]"
    >
      {children}
    </Link>
  );
}
