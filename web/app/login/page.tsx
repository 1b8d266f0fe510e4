import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { signIn } from "@/app/actions.ts";
import { Logo } from "@/components/logo.tsx";
import { readQuery, type SearchParams, safeNext } from "@/lib/search.ts";
import { currentSession } from "@/lib/session.ts";

export const metadata: Metadata = { title: "Sign in" };

/** Asks for an API key where the console has none of its own. A key that is refused gets one text, whatever is wrong with it. */
export default async function LoginPage({ searchParams }: { readonly searchParams: SearchParams }) {
  const { next, refused } = await readQuery(searchParams);
  if ((await currentSession())?.from === "environment") redirect(safeNext(next));
  return (
    <main className="grid min-h-dvh place-items-center px-4">
      <form action={signIn} className="w-full max-w-sm rounded-lg border border-line bg-panel p-6 sm:p-8">
        <div className="mb-6 flex items-center gap-2">
          <Logo />
          <span className="text-lg font-semibold tracking-tight text-ink">Farthing</span>
        </div>
        <h1 className="text-xl font-semibold tracking-tight">Sign in</h1>
        <p className="mt-1 text-sm text-soft" id="key-note">
          With an API key that may read. It stays in a cookie that scripts cannot see, for twelve hours.
        </p>
        {refused ? (
          <p role="alert" data-state="error" className="mt-4 rounded-md bg-bad-ground px-3 py-2 text-sm text-bad">
            This key was not accepted.
          </p>
        ) : null}
        <label className="mt-5 block text-sm font-medium text-ink" htmlFor="key">
          API key
        </label>
        <input
          id="key"
          name="key"
          type="password"
          required
          autoComplete="current-password"
          aria-describedby="key-note"
          className="field mt-1.5 w-full font-mono"
        />
        <input type="hidden" name="next" value={safeNext(next)} />
        <button
          type="submit"
          className="button mt-4 w-full border-transparent bg-accent text-panel hover:bg-accent hover:opacity-90"
        >
          Sign in
        </button>
      </form>
    </main>
  );
}
