import { createHmac, timingSafeEqual } from "node:crypto";
import { err, ok, type Result } from "@farthing/money";

/** A cursor was not made by us, or for another merchant or another list. */
export interface InvalidCursor {
  readonly code: "invalid_cursor";
}

/** The list that a cursor goes on in: its route and everything that was asked of it but the page. */
export interface CursorScope {
  readonly route: string;
  readonly path: unknown;
  readonly query: unknown;
}

const macBytes = 16;

/** Makes a cursor from where a page ended. `secret` is the merchant's own, so that no other merchant's cursor opens. */
export function sealCursor(secret: Uint8Array, scope: CursorScope, position: string): string {
  const content = Buffer.from(position);
  return Buffer.concat([mac(secret, scope, content), content]).toString("base64url");
}

/** Reads where a page ended. Errors: `invalid_cursor`. */
export function openCursor(secret: Uint8Array, scope: CursorScope, cursor: string): Result<string, InvalidCursor> {
  const bytes = Buffer.from(cursor, "base64url");
  // Decoding passes over strange characters, so that two texts could be one cursor.
  if (bytes.length < macBytes || bytes.toString("base64url") !== cursor) return err({ code: "invalid_cursor" });
  const content = bytes.subarray(macBytes);
  const genuine = timingSafeEqual(bytes.subarray(0, macBytes), mac(secret, scope, content));
  return genuine ? ok(content.toString()) : err({ code: "invalid_cursor" });
}

function mac(secret: Uint8Array, scope: CursorScope, content: Uint8Array): Buffer {
  const bound = JSON.stringify([scope.route, scope.path, scope.query]);
  const head = `${Buffer.byteLength(bound)}:${bound}`;
  return createHmac("sha256", secret).update(head).update(content).digest().subarray(0, macBytes);
}
