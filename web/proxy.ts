import { type NextRequest, NextResponse } from "next/server";
import { pathHeader, sessionCookie } from "./lib/names.ts";

/** Everything but the build's own files, which are public and need no policy. */
export const config = { matcher: ["/((?!_next/static|_next/image|icon.svg).*)"] };

/**
 * Stands before every page: refuses names that are not this machine's where a key is built in, asks for a key where
 * none is known, and sends a content security policy with a nonce of its own for each answer.
 */
export function proxy(request: NextRequest): NextResponse {
  if (process.env.FARTHING_CONSOLE_KEY && !isLoopback(request.headers.get("host"))) {
    return new NextResponse("This console answers on this machine only.\n", { status: 421 });
  }
  const { pathname, search } = request.nextUrl;
  if (!hasKey(request) && pathname !== "/login") {
    const login = new URL("/login", request.nextUrl);
    login.searchParams.set("next", `${pathname}${search}`);
    return NextResponse.redirect(login, 303);
  }

  const policy = contentPolicy(crypto.randomUUID());
  const headers = new Headers(request.headers);
  headers.set(pathHeader, `${pathname}${search}`);
  headers.set("content-security-policy", policy);
  const response = NextResponse.next({ request: { headers } });
  response.headers.set("content-security-policy", policy);
  response.headers.set("x-content-type-options", "nosniff");
  response.headers.set("referrer-policy", "same-origin");
  return response;
}

function hasKey(request: NextRequest): boolean {
  return Boolean(process.env.FARTHING_CONSOLE_KEY || request.cookies.get(sessionCookie)?.value);
}

/** A page elsewhere can point a name of its own at 127.0.0.1 and read what a console with a built-in key shows; its name gives it away. */
function isLoopback(host: string | null): boolean {
  return /^(localhost|127\.0\.0\.1|\[::1\])(:\d+)?$/.test(host ?? "");
}

/** Next marks its own scripts with the nonce that it finds in this policy. React's development build alone needs eval. */
function contentPolicy(nonce: string): string {
  const development = process.env.NODE_ENV === "development";
  return [
    "default-src 'self'",
    `script-src 'self' 'nonce-${nonce}' 'strict-dynamic'${development ? " 'unsafe-eval'" : ""}`,
    `style-src 'self'${development ? " 'unsafe-inline'" : ` 'nonce-${nonce}'`}`,
    "img-src 'self' data:",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join("; ");
}
