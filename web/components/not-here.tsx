import Link from "next/link";

/** Says that there is nothing at an address, and where to go instead. */
export function NotHere() {
  return (
    <div data-state="not-found" className="mx-auto max-w-prose py-16 text-center">
      <h1 className="text-xl font-semibold tracking-tight">There is nothing here</h1>
      <p className="mt-2">The address may be mistyped, or it belongs to another merchant.</p>
      <p className="mt-5">
        <Link href="/" className="button">
          Go to the overview
        </Link>
      </p>
    </div>
  );
}
