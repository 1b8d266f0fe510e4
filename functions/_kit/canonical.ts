import { createHash } from "node:crypto";

/** Writes parsed JSON so that equal values give equal text, whatever the order of their fields was. */
export function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_, inner: unknown) => {
    if (typeof inner !== "object" || inner === null || Array.isArray(inner)) return inner;
    return Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)));
  });
}

/** The digest of a content: SHA-256 in base64url. */
export function digestOf(content: string): string {
  return createHash("sha256").update(content).digest("base64url");
}
