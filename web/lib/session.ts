import { cookies, headers } from "next/headers";
import { redirect } from "next/navigation";
import { cache } from "react";
import { pathHeader, sessionCookie } from "./names.ts";

/** How long a browser stays signed in. */
const sessionSeconds = 12 * 60 * 60;

/** The key that every read of this request uses, and whether a person gave it. */
export interface Session {
  readonly key: string;
  readonly from: "environment" | "cookie";
}

/** Reads the session: the key of the environment where one is set, otherwise the one that signed in. */
export const currentSession = cache(async (): Promise<Session | undefined> => {
  const configured = process.env.FARTHING_CONSOLE_KEY;
  if (configured) return { key: configured, from: "environment" };
  const key = (await cookies()).get(sessionCookie)?.value;
  return key ? { key, from: "cookie" } : undefined;
});

/** Ends the request at the sign-in page, which leads back to the page that was asked for. */
export async function signInFirst(): Promise<never> {
  const path = (await headers()).get(pathHeader) ?? "/";
  redirect(`/login?next=${encodeURIComponent(path)}`);
}

/** Keeps a key in a cookie that scripts cannot read and that other sites' requests do not carry. */
export async function openSession(key: string): Promise<void> {
  const secure = (await headers()).get("x-forwarded-proto")?.split(",")[0]?.trim() === "https";
  (await cookies()).set(sessionCookie, key, {
    httpOnly: true,
    sameSite: "lax",
    secure,
    path: "/",
    maxAge: sessionSeconds,
  });
}

/** Forgets the key. */
export async function closeSession(): Promise<void> {
  (await cookies()).delete(sessionCookie);
}
