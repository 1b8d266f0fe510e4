"use client";

import "./globals.css";

interface Props {
  readonly retry: () => void;
}

/** The last resort: not even the frame could be made. */
export default function GlobalError({ retry }: Props) {
  return (
    <html lang="en">
      <body>
        <title>Error · Farthing</title>
        <main role="alert" data-state="error" className="mx-auto max-w-prose px-4 py-16 text-center">
          <h1 className="text-xl font-semibold">The console could not be shown.</h1>
          <p className="mt-2">The fault is in the console, not in your data. Trying again is safe.</p>
          <button type="button" className="button mt-5" onClick={retry}>
            Try again
          </button>
        </main>
      </body>
    </html>
  );
}
