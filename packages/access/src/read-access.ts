import { ok, type Result } from "@farthing/money";
import type { Identity } from "./identify.ts";
import type { Merchant, MerchantChange } from "./merchant.ts";
import type { Access, KeyPage } from "./ports.ts";
import type { Role } from "./role.ts";

/** The merchant behind a key, and what the key may do. */
export interface OwnMerchant extends Merchant {
  readonly roles: readonly Role[];
}

/** Tells a key's holder whose it is. */
export async function getMerchant(
  { merchants }: Pick<Access, "merchants">,
  { merchant, roles }: Identity,
): Promise<Result<OwnMerchant, never>> {
  const found = await merchants.find(merchant);
  if (found === undefined) throw new Error("a key's merchant does not exist");
  return ok({ ...found, roles });
}

/**
 * Sets how invoices name the caller's merchant, and how it bills; what is left out stays, and so do invoices that have their
 * numbers already.
 */
export async function putMerchant(
  { merchants }: Pick<Access, "merchants">,
  { merchant, roles }: Identity,
  change: MerchantChange,
): Promise<Result<OwnMerchant, never>> {
  const changed = await merchants.changeMerchant(merchant, change);
  if (changed === undefined) throw new Error("a key's merchant does not exist");
  return ok({ ...changed, roles });
}

/** Lists the keys of the caller's merchant, newest first. */
export async function listKeys(
  { keys }: Pick<Access, "keys">,
  { merchant }: Pick<Identity, "merchant">,
  page: { readonly limit: number; readonly after?: string | undefined },
): Promise<Result<KeyPage, never>> {
  return ok(await keys.list(merchant, page));
}
