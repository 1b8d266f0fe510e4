"use client";

interface Props {
  readonly error: unknown;
  readonly retry: () => void;
}

/** A page that could not be made at all; the frame and its other pages stay. */
export default function PageError({ error, retry }: Props) {
  const digest = error instanceof Error && "digest" in error ? String(error.digest) : undefined;
  return (
    <div role="alert" data-state="error" className="rounded-lg border border-bad/30 bg-bad-ground p-4 sm:p-5">
      <h1 className="font-medium text-bad">This page could not be shown.</h1>
      <p className="mt-1 text-sm text-body">The fault is in the console, not in your data. Trying again is safe.</p>
      {digest ? <p className="mt-2 font-mono text-xs text-body">{digest}</p> : null}
      <button type="button" className="button mt-3" onClick={retry}>
        Try again
      </button>
    </div>
  );
}
