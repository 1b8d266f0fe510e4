import { type ReactNode, useId } from "react";

/** The states a panel can be in; tests and styles find them by `data-state`. */
export type PanelState = "loading" | "empty" | "no-results" | "error" | "ready";

interface Props {
  readonly title?: ReactNode;
  readonly note?: ReactNode;
  readonly actions?: ReactNode;
  readonly state?: PanelState;
  /** Tables reach the panel's edges; everything else keeps its distance. */
  readonly flush?: boolean;
  readonly name?: string;
  readonly children: ReactNode;
}

/** A titled part of a page that succeeds or fails by itself. */
export function Panel({ title, note, actions, state = "ready", flush = false, name, children }: Props) {
  const heading = useId();
  return (
    <section data-state={state} data-panel={name} aria-labelledby={title ? heading : undefined} className="min-w-0">
      {title ? (
        <div className="mb-2 flex flex-wrap items-baseline justify-between gap-x-4 gap-y-1">
          <h2 id={heading} className="text-base font-semibold">
            {title}
          </h2>
          {actions}
        </div>
      ) : null}
      {note ? <p className="mb-3 max-w-prose text-sm text-soft">{note}</p> : null}
      <div className={`rounded-lg border border-line bg-panel ${flush ? "" : "p-4 sm:p-5"}`}>{children}</div>
    </section>
  );
}
