import type { Clock, MerchantId } from "@farthing/money";
import type { ApiKey, KeyId } from "./api-key.ts";
import type { KeyEnvironment, KeyHash } from "./key-text.ts";
import type { Merchant, MerchantChange } from "./merchant.ts";

/** Where merchants are kept. Every read is strong. */
export interface Merchants {
  /** Creates a merchant together with its first keys, or nothing at all where the merchant exists. */
  create(merchant: Merchant, keys: readonly ApiKey[]): Promise<"created" | "exists">;
  find(id: MerchantId): Promise<Merchant | undefined>;
  /** Sets what a merchant says of itself, and answers with it. Undefined where there is none. */
  changeMerchant(id: MerchantId, change: MerchantChange): Promise<Merchant | undefined>;
}

/** What a presented key is looked up for. */
export type KeyMatch = Pick<ApiKey, "id" | "merchant" | "roles" | "expiresAt" | "revokedAt">;

/** Some keys of a list, and after which id it goes on. */
export interface KeyPage {
  readonly items: readonly ApiKey[];
  readonly next?: string;
}

/** Where keys are kept, of which the text is not. Every read is strong. */
export interface Keys {
  /** Creates all of these keys, at most 40, or none where an id or a hash among them exists. */
  create(keys: readonly ApiKey[]): Promise<"created" | "exists">;
  find(merchant: MerchantId, id: KeyId): Promise<ApiKey | undefined>;
  findByHash(hash: KeyHash): Promise<KeyMatch | undefined>;
  /** Lists a merchant's keys, newest first. */
  list(merchant: MerchantId, page: { readonly limit: number; readonly after?: string | undefined }): Promise<KeyPage>;
  /** Revokes a key and answers with it; one that was revoked before keeps its time. Undefined where there is none. */
  revoke(merchant: MerchantId, id: KeyId, revokedAt: number): Promise<ApiKey | undefined>;
}

/** Where secrets and ids come from. */
export interface Randomness {
  /** That many bytes which nobody can guess. */
  bytes(count: number): Uint8Array;
}

/** What making merchants and keys needs. */
export interface Access {
  readonly merchants: Merchants;
  readonly keys: Keys;
  readonly clock: Clock;
  readonly randomness: Randomness;
  readonly environment: KeyEnvironment;
}
