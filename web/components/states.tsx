import type { Problem } from "@farthing/sdk";
import Link from "next/link";
import type { ReactNode } from "react";
import { CopyButton } from "./copy-button.tsx";
import { RetryButton } from "./retry-button.tsx";

interface FailedProps {
  /** What could not be read, as in "the customers". */
  readonly what: string;
  readonly problem: Problem;
}

/** What failed, in the API's own words, with what a supporter needs to find it, and a way to try again. */
export function Failed({ what, problem }: FailedProps) {
  const request = typeof problem.requestId === "string" ? ` · request ${problem.requestId}` : "";
  return (
    <div role="alert" data-state="error" className="rounded-lg border border-bad/30 bg-bad-ground p-4 sm:p-5">
      <p className="font-medium text-bad">Could not read {what}.</p>
      <p className="mt-1 max-w-prose text-sm text-body [overflow-wrap:anywhere]">{problem.detail || problem.title}</p>
      <p className="mt-2 font-mono text-xs text-body">
        {problem.code}
        {problem.status > 0 ? ` · ${problem.status}` : ""}
        {request}
      </p>
      <RetryButton />
    </div>
  );
}

interface FirstUseProps {
  readonly title: string;
  readonly children: ReactNode;
  /** A command that brings the first of what is missing. */
  readonly command: string;
}

/** What will stand here once there is something, and the one command that brings it. */
export function FirstUse({ title, children, command }: FirstUseProps) {
  return (
    <div data-state="empty" className="rounded-lg border border-dashed border-line-strong p-6 sm:p-8">
      <p className="text-lg font-semibold text-ink">{title}</p>
      <div className="mt-1 max-w-prose text-body">{children}</div>
      <div className="mt-4 overflow-hidden rounded-md border border-line bg-panel">
        <div className="flex items-center justify-between border-b border-line py-1 pl-3 pr-1 text-xs text-soft">
          Run this with your API key in FARTHING_KEY
          <CopyButton text={command} name="Copy the command" />
        </div>
        <pre className="whitespace-pre-wrap p-3 font-mono text-xs text-ink [overflow-wrap:anywhere]">{command}</pre>
      </div>
    </div>
  );
}

interface NoResultsProps {
  readonly children: ReactNode;
  /** Where the same page stands without its filters. */
  readonly clear?: string;
}

/** Nothing fits the filters, which it names; one link drops them. */
export function NoResults({ children, clear }: NoResultsProps) {
  return (
    <div data-state="no-results" className="rounded-lg border border-line bg-panel p-6 text-center sm:p-8">
      <div className="mx-auto max-w-prose text-body">{children}</div>
      {clear ? (
        <p className="mt-3">
          <Link href={clear} className="button">
            Clear filters
          </Link>
        </p>
      ) : null}
    </div>
  );
}
