import type { Brand } from "./brand.ts";
import { err, ok, type Result } from "./result.ts";

/** Who charges: a tenant. */
export type MerchantId = Brand<string, "MerchantId">;

/** Who is charged; unique within a merchant. */
export type CustomerId = Brand<string, "CustomerId">;

/** An id has a character or a length that keys cannot carry. */
export interface InvalidId {
  readonly code: "invalid_id";
  readonly id: string;
}

/** What every id that becomes part of a key looks like: no separator of ours, no letter that folds. */
export const idPattern = /^[A-Za-z0-9_.:@-]{1,128}$/;

const idBytes = Uint8Array.from({ length: 256 }, (_, byte) => (idPattern.test(String.fromCharCode(byte)) ? 1 : 0));
const longestId = 128;

/** Whether bytes are the UTF-8 of an id as `idPattern` has it, without a string of them. */
export function isIdBytes(bytes: Uint8Array, start: number, end: number): boolean {
  if (end <= start || end - start > longestId) return false;
  for (let at = start; at < end; at++) if (idBytes[bytes[at] ?? 0] !== 1) return false;
  return true;
}

/** Checks a customer id. Errors: `invalid_id`. */
export function parseCustomerId(text: string): Result<CustomerId, InvalidId> {
  return idPattern.test(text) ? ok(text as CustomerId) : err({ code: "invalid_id", id: text.slice(0, 128) });
}

/** Checks a merchant id. Errors: `invalid_id`. */
export function parseMerchantId(text: string): Result<MerchantId, InvalidId> {
  return idPattern.test(text) ? ok(text as MerchantId) : err({ code: "invalid_id", id: text.slice(0, 128) });
}

/** A customer id known to be valid. Errors: throws on any other text. */
export function customerId(text: string): CustomerId {
  if (!idPattern.test(text)) throw new Error("not a customer id");
  return text as CustomerId;
}

/** A merchant id known to be valid. Errors: throws on any other text. */
export function merchantId(text: string): MerchantId {
  if (!idPattern.test(text)) throw new Error("not a merchant id");
  return text as MerchantId;
}
