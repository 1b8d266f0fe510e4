"use server";

import { cookies } from "next/headers";
import { redirect } from "next/navigation";
import { isAccepted } from "@/lib/api.ts";
import { themeCookie } from "@/lib/names.ts";
import { safeNext } from "@/lib/search.ts";
import { closeSession, openSession } from "@/lib/session.ts";
import { themeNamed } from "@/lib/theme.ts";

const yearSeconds = 365 * 24 * 60 * 60;

/** Signs in with an API key. A key that does not open the API leads back with one text, whatever was wrong with it. */
export async function signIn(form: FormData): Promise<void> {
  const key = String(form.get("key") ?? "").trim();
  const next = safeNext(String(form.get("next") ?? ""));
  const accepted = /^[\x21-\x7e]{8,200}$/.test(key) && (await isAccepted(key));
  if (!accepted) redirect(`/login?refused=1&next=${encodeURIComponent(next)}`);
  await openSession(key);
  redirect(next);
}

/** Signs out: the browser forgets the key. */
export async function signOut(): Promise<void> {
  await closeSession();
  redirect("/login");
}

/** Keeps the theme that a reader chose. */
export async function chooseTheme(form: FormData): Promise<void> {
  const theme = themeNamed(form.get("theme"));
  (await cookies()).set(themeCookie, theme, { sameSite: "lax", path: "/", maxAge: yearSeconds });
}
