import { err, ok, type Result } from "@farthing/money";
import type { InvalidRequest } from "./invalid-request.ts";

/**
 * Reads a query string into names and values.
 *
 * Errors: `invalid_request` for a name that comes twice, which no parameter of ours may, or that reaches a prototype.
 */
export function readQuery(rawQueryString: string): Result<Readonly<Record<string, string>>, InvalidRequest> {
  const values = new Map<string, string>();
  for (const [name, value] of new URLSearchParams(rawQueryString)) {
    if (values.has(name)) return refuse(name, "This was given twice.");
    if (name === "__proto__") return refuse(name, "A field may not have this name.");
    if (!value.isWellFormed()) return refuse(name, "Text with half a surrogate pair.");
    values.set(name, value);
  }
  return ok(Object.fromEntries(values));
}

function refuse(name: string, message: string): Result<never, InvalidRequest> {
  return err({ code: "invalid_request", issues: [{ path: `query.${name.slice(0, 128)}`, message }] });
}
