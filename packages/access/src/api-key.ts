import type { Brand, MerchantId } from "@farthing/money";
import { base62 } from "./base62.ts";
import { hashOf, type KeyHash, type KeyText } from "./key-text.ts";
import type { Role } from "./role.ts";

/** Names a key in lists and logs; says nothing about its text. */
export type KeyId = Brand<string, "KeyId">;

/** An API key as it is stored. Units: times in milliseconds since 1970. */
export interface ApiKey {
  readonly id: KeyId;
  readonly merchant: MerchantId;
  readonly name?: string;
  readonly roles: readonly Role[];
  readonly hash: KeyHash;
  /** The start and end of the text, by which its holder knows it again. */
  readonly prefix: string;
  readonly last4: string;
  readonly createdAt: number;
  readonly expiresAt?: number;
  readonly revokedAt?: number;
}

/** What a use case says of a key that it makes. */
export interface KeyGrant {
  readonly merchant: MerchantId;
  readonly roles: readonly Role[];
  readonly name?: string | undefined;
  readonly expiresAt?: number | undefined;
}

/** How many random bytes an id is made of. */
export const idBytes = 12;

const idShape = /^key_[0-9A-Za-z]{20}$/;

/** Makes an id that sorts by its time. Units: `createdAt` in milliseconds since 1970, `random` is `idBytes` bytes. */
export function keyId(createdAt: number, random: Uint8Array): KeyId {
  const time = new Uint8Array(8);
  new DataView(time.buffer).setBigUint64(0, BigInt(createdAt));
  return `key_${base62(time, 8)}${base62(random, 12)}` as KeyId;
}

/** Whether a text has the shape of a key's id. */
export function isKeyId(text: string): text is KeyId {
  return idShape.test(text);
}

/** What is stored of a new key. */
export function apiKey(id: KeyId, text: KeyText, grant: KeyGrant, createdAt: number): ApiKey {
  const { merchant, roles, name, expiresAt } = grant;
  return {
    id,
    merchant,
    roles,
    hash: hashOf(text),
    prefix: text.slice(0, 12),
    last4: text.slice(-4),
    createdAt,
    ...(name === undefined ? {} : { name }),
    ...(expiresAt === undefined ? {} : { expiresAt }),
  };
}

/** Whether a key opens anything at a time. */
export function isLive(key: Pick<ApiKey, "expiresAt" | "revokedAt">, now: number): boolean {
  return key.revokedAt === undefined && (key.expiresAt === undefined || now < key.expiresAt);
}
