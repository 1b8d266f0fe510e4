import Link from "next/link";
import type { ReactNode } from "react";
import { FreshnessMark } from "./frame/freshness.tsx";

interface Props {
  readonly title: ReactNode;
  /** The list that this page is one entry of. */
  readonly parent?: { readonly name: string; readonly path: string };
  readonly note?: ReactNode;
  readonly children?: ReactNode;
}

/** What the page is, where it hangs, and what can be done on it. It also tells the frame when the page was read. */
export function PageHeader({ title, parent, note, children }: Props) {
  return (
    <header className="mb-6 flex flex-wrap items-end justify-between gap-x-6 gap-y-3">
      <FreshnessMark at={new Date().toISOString()} />
      <div className="min-w-0">
        {parent ? (
          <p className="mb-1 text-sm">
            <Link href={parent.path} className="text-soft hover:text-ink hover:underline">
              {parent.name}
            </Link>
            <span className="px-1.5 text-line-strong" aria-hidden>
              /
            </span>
          </p>
        ) : null}
        <h1 className="text-xl font-semibold tracking-tight [overflow-wrap:anywhere]">{title}</h1>
        {note ? <div className="mt-1 text-sm text-soft">{note}</div> : null}
      </div>
      {children}
    </header>
  );
}
