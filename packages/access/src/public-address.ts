import ipaddr from "ipaddr.js";

/** Where webhooks may go: to public addresses alone, or, on a machine of one's own, also to itself. */
export interface WebhookTargets {
  /** Lets http and https through to loopback addresses. Said by the deployment, never by a request. */
  readonly loopback: boolean;
}

/**
 * Whether a webhook may be sent to an IP address.
 *
 * Public is what no registry sets aside: private, loopback, link-local, shared (CGNAT), multicast, reserved and
 * documentation ranges are not, nor is any IPv6 address that stands for an IPv4 one (mapped, NAT64, 6to4, Teredo), whatever
 * it stands for. Text that is no address, or has a zone, is none.
 *
 * Source: the IANA special-purpose address registries, as ipaddr.js has them.
 */
export function mayReceive(address: string, { loopback }: WebhookTargets): boolean {
  if (!ipaddr.isValid(address) || address.includes("%")) return false;
  const range = ipaddr.parse(address).range();
  return range === "unicast" ? !isOutside(address) : loopback && range === "loopback";
}

/** What ipaddr.js has in no range and is not global either: unicast of IPv6 is 2000::/3, and ::/96 once stood for IPv4. */
function isOutside(address: string): boolean {
  const parsed = ipaddr.parse(address);
  return parsed.kind() === "ipv6" && !parsed.match(ipaddr.parseCIDR("2000::/3"));
}
