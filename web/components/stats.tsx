import type { ReactNode } from "react";

/** A figure with its name, and what puts it in place. */
export interface Stat {
  readonly name: string;
  readonly value: ReactNode;
  readonly note?: ReactNode;
}

/** A row of figures that belong together, divided by hairlines. */
export function Stats({ stats }: { readonly stats: readonly Stat[] }) {
  return (
    <dl className="flex flex-wrap gap-px overflow-hidden rounded-lg border border-line bg-line">
      {stats.map(({ name, value, note }) => (
        <div key={name} className="min-w-0 flex-1 basis-56 bg-panel px-4 py-4 sm:px-5">
          <dt className="text-sm text-soft">{name}</dt>
          <dd className="mt-1 text-xl font-semibold tracking-tight text-ink">{value}</dd>
          {note ? <dd className="mt-1 text-xs text-soft">{note}</dd> : null}
        </div>
      ))}
    </dl>
  );
}
