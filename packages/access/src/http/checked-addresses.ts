import { isIP, isIPv6 } from "node:net";
import { err, ok, type Result } from "@farthing/money";
import { mayReceive, type WebhookTargets } from "../public-address.ts";

/** What turns a name into addresses. */
export interface Resolver {
  addresses(host: string): Promise<readonly string[]>;
}

/** An address that was checked, as node's sockets take it. */
export interface CheckedAddress {
  readonly address: string;
  readonly family: 4 | 6;
}

/** The name has no address, or one that no webhook goes to. */
export interface NoAddress {
  readonly code: "name_unknown" | "address_refused";
}

/**
 * Resolves a host once and checks every address that it has: one that may not be asked refuses them all, since a name that has
 * both is up to no good. The connection is then made to what was checked, and the name is not asked again.
 */
export async function checkedAddresses(
  resolver: Resolver,
  targets: WebhookTargets,
  host: string,
): Promise<Result<readonly CheckedAddress[], NoAddress>> {
  const found = isIP(host) === 0 ? await resolver.addresses(host).catch(() => []) : [host];
  if (found.length === 0) return err({ code: "name_unknown" });
  if (!found.every((address) => mayReceive(address, targets))) return err({ code: "address_refused" });
  return ok(found.map((address) => ({ address, family: isIPv6(address) ? 6 : 4 })));
}
