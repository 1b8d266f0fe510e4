const bars = ["w-2/3", "w-1/2", "w-3/5", "w-2/5", "w-3/4", "w-1/2"];

/** The shape of a panel whose figures are on their way. */
export function PanelSkeleton({ rows = 4, title }: { readonly rows?: number; readonly title?: string }) {
  return (
    <div data-state="loading" aria-busy="true">
      <span className="sr-only" role="status">
        Loading {title ?? ""}
      </span>
      {title ? <p className="mb-2 text-base font-semibold text-ink">{title}</p> : null}
      <div className="grid gap-4 rounded-lg border border-line bg-panel p-5">
        {bars.slice(0, rows).map((width, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the bars stand for nothing and never move.
          <div key={index} className={`skeleton h-3 ${width}`} />
        ))}
      </div>
    </div>
  );
}

/** The shape of a page: its title and one panel. */
export function PageSkeleton() {
  return (
    <div data-state="loading">
      <div className="skeleton mb-6 h-7 w-44" />
      <PanelSkeleton rows={6} />
    </div>
  );
}
