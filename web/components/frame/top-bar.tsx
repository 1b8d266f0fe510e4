import type { ReactNode } from "react";
import { FreshnessChip } from "./freshness.tsx";

interface Props {
  readonly name: string;
  readonly zone: string;
  readonly menu: ReactNode;
}

/** Whose figures these are, in which zone, as of when. */
export function TopBar({ name, zone, menu }: Props) {
  return (
    <header className="sticky top-0 z-30 flex h-12 items-center gap-3 border-b border-line bg-paper/95 px-4 backdrop-blur sm:px-8">
      {menu}
      <p className="min-w-0 truncate text-sm font-medium text-ink" data-merchant>
        {name}
      </p>
      <p className="hidden text-xs text-soft sm:block" title="Days and months follow this time zone">
        {zone}
      </p>
      <div className="ml-auto">
        <FreshnessChip at={new Date().toISOString()} zone={zone} />
      </div>
    </header>
  );
}
