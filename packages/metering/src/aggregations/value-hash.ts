import { createHash } from "node:crypto";

/** How long a hashed value is. Units: characters of base64url, 6 bits each. */
export const hashLength = 16;

/**
 * A value as 96 bits of its SHA-256. Two values of ten million share one with a chance below 10⁻¹⁵, and who wants to find
 * two on purpose hashes 2⁴⁸ times.
 *
 * Source: FIPS 180-4; RFC 4648, section 5.
 */
export function valueHash(text: string): string {
  return createHash("sha256").update(text).digest("base64url").slice(0, hashLength);
}
