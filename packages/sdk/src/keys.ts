import type { Connection } from "./connection.ts";
import type { Role } from "./merchant.ts";
import { eachOf, getPage, type Page, type PageQuery } from "./page.ts";
import { deleteJson, type PostOptions, postJson } from "./request-json.ts";

/** An API key, without its secret. */
export interface Key {
  readonly id: string;
  readonly name?: string;
  readonly roles: readonly Role[];
  /** How the key begins and ends, by which its holder knows it again. */
  readonly prefix: string;
  readonly last4: string;
  readonly createdAt: string;
  readonly expiresAt?: string;
  readonly revokedAt?: string;
}

/** A key to make. */
export interface NewKey {
  readonly name?: string;
  readonly roles: readonly Role[];
  readonly expiresAt?: string;
}

/** A key just made: the only time that its secret is shown. */
export interface CreatedKey extends Key {
  readonly key: string;
}

/** API keys; they need the role `admin`. */
export const keyCalls = (connection: Connection) => ({
  /** POST /v1/keys. */
  create: (key: NewKey, options?: PostOptions): Promise<CreatedKey> => postJson(connection, "/v1/keys", key, options),
  /** GET /v1/keys. */
  list: (query: PageQuery = {}): Promise<Page<Key>> => getPage(connection, "/v1/keys", { ...query }),
  /** GET /v1/keys, page after page. */
  each: (query: PageQuery = {}): AsyncGenerator<Key, void> => eachOf(connection, "/v1/keys", { ...query }),
  /** DELETE /v1/keys/{id}. The key opens nothing from five seconds later on. */
  revoke: (id: string): Promise<Key> => deleteJson(connection, `/v1/keys/${encodeURIComponent(id)}`),
});
