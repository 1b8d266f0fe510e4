import { type CurrencyCode, type MerchantId, merchantId } from "@farthing/money";
import { type ApiKey, apiKey, idBytes, keyId } from "./api-key.ts";
import { base62 } from "./base62.ts";
import { type KeyText, keyBytes, keyText } from "./key-text.ts";
import type { Merchant } from "./merchant.ts";
import type { Access } from "./ports.ts";
import { allRoles, type Role } from "./role.ts";

/** What the operator says of a merchant; an id of its own is made where none is given. */
export interface NewMerchant {
  readonly id?: MerchantId | undefined;
  readonly name: string;
  readonly timezone: string;
  readonly currency: CurrencyCode;
  /** Gives an existing merchant a new set of keys: for an operator whose answer was lost, or a merchant locked out. */
  readonly newKeys?: boolean | undefined;
}

/** The merchant, and one key a role where keys were made: shown this once. */
export interface CreatedMerchant {
  readonly merchant: Merchant;
  readonly keys: Readonly<Record<Role, KeyText>> | null;
}

/** Makes a merchant with a key for each role; one that exists stays as it is and keeps its keys to itself. */
export async function createMerchant(access: Access, request: NewMerchant): Promise<CreatedMerchant> {
  const merchant = draft(access, request);
  const made = allRoles.map((role) => firstKey(access, merchant, role));
  const keys = Object.fromEntries(made.map(({ role, text }) => [role, text])) as Record<Role, KeyText>;
  const stored = made.map(({ key }) => key);

  if ((await access.merchants.create(merchant, stored)) === "created") return { merchant, keys };
  const existing = await access.merchants.find(merchant.id);
  if (existing === undefined) throw new Error("a merchant that exists was not found");
  if (request.newKeys !== true) return { merchant: existing, keys: null };
  if ((await access.keys.create(stored)) === "exists") throw new Error("a random key exists already");
  return { merchant: existing, keys };
}

function draft({ clock, randomness }: Access, { id, name, timezone, currency }: NewMerchant): Merchant {
  return {
    id: id ?? merchantId(`m_${base62(randomness.bytes(16), 16)}`),
    name,
    timezone,
    currency,
    secret: Buffer.from(randomness.bytes(32)).toString("base64url"),
    createdAt: clock.now(),
  };
}

function firstKey({ randomness, environment }: Access, merchant: Merchant, role: Role): MadeKey {
  const text = keyText(environment, randomness.bytes(keyBytes));
  const id = keyId(merchant.createdAt, randomness.bytes(idBytes));
  const grant = { merchant: merchant.id, roles: [role], name: `first ${role} key` };
  return { role, text, key: apiKey(id, text, grant, merchant.createdAt) };
}

interface MadeKey {
  readonly role: Role;
  readonly text: KeyText;
  readonly key: ApiKey;
}
