import { createHash } from "node:crypto";
import { crc32 } from "node:zlib";
import { type Brand, err, ok, type Result } from "@farthing/money";
import * as v from "valibot";
import { base62 } from "./base62.ts";

/** Which data a key reaches: shown in its text, so that a person sees which kind leaked. */
export const KeyEnvironment = v.picklist(["live", "test"]);
export type KeyEnvironment = v.InferOutput<typeof KeyEnvironment>;

/** An API key as its holder presents it: `frt_<environment>_<22 random base62><_><6 of checksum>`. Never stored, never logged. */
export type KeyText = Brand<string, "KeyText">;

/** What is stored of a key: SHA-256 of its text, in base64url. A key has 131 random bits, so no salt is needed. */
export type KeyHash = Brand<string, "KeyHash">;

/** Text is no key of ours: another shape, or mistyped. */
export interface MalformedKey {
  readonly code: "malformed_key";
}

/** How many random bytes a key is made of: 61 bits more than its 22 digits hold. */
export const keyBytes = 24;

const shape = /^(frt_(?:live|test)_[0-9A-Za-z]{22})_([0-9A-Za-z]{6})$/;

function checksum(body: string): string {
  const sum = new Uint8Array(4);
  new DataView(sum.buffer).setUint32(0, crc32(body));
  return base62(sum, 6);
}

/** Makes a key's text. Units: `random` is `keyBytes` bytes. */
export function keyText(environment: KeyEnvironment, random: Uint8Array): KeyText {
  const body = `frt_${environment}_${base62(random, 22)}`;
  return `${body}_${checksum(body)}` as KeyText;
}

/** Checks a presented key by its shape and checksum, so that a mistyped one costs no read. Errors: `malformed_key`. */
export function parseKeyText(text: string): Result<KeyText, MalformedKey> {
  const [, body, sum] = shape.exec(text) ?? [];
  return body !== undefined && checksum(body) === sum ? ok(text as KeyText) : err({ code: "malformed_key" });
}

/** The hash under which a key is stored. */
export function hashOf(key: KeyText): KeyHash {
  return createHash("sha256").update(key).digest("base64url") as KeyHash;
}
