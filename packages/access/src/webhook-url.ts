import { isIP } from "node:net";
import { err, ok, type Result } from "@farthing/money";
import { mayReceive, type WebhookTargets } from "./public-address.ts";

const longestUrl = 2048;
const httpsPort = 443;
const firstFreePort = 1024;

/** A URL that no webhook is sent to. */
export interface InvalidWebhookUrl {
  readonly code: "invalid_webhook_url";
  readonly detail: string;
}

/** A URL that may be asked, if the addresses of its name may be. */
export interface WebhookUrl {
  readonly url: URL;
  /** Its host without the brackets of IPv6. */
  readonly host: string;
}

/**
 * Checks a webhook's URL by itself; what its name resolves to is checked at each delivery.
 *
 * Errors: `invalid_webhook_url`. Source: docs/webhooks.md, "Where webhooks go".
 */
export function parseWebhookUrl(text: string, targets: WebhookTargets): Result<WebhookUrl, InvalidWebhookUrl> {
  if (text.length > longestUrl) return refused(`A URL has at most ${longestUrl} characters.`);
  if (!URL.canParse(text)) return refused("This is no URL.");
  const url = new URL(text);
  const host = url.hostname.replace(/^\[(.*)\]$/, "$1");
  const detail = fault(url, host, targets);
  return detail === undefined ? ok({ url, host }) : refused(detail);
}

function fault(url: URL, host: string, targets: WebhookTargets): string | undefined {
  const own = targets.loopback && isOwn(host);
  if (url.protocol !== "https:" && !(own && url.protocol === "http:")) return "Webhooks go to https alone.";
  if (url.username !== "" || url.password !== "") return "A URL carries no name and password: messages are signed.";
  if (url.hash !== "") return "A fragment is never sent: leave it out.";
  const port = url.port === "" ? httpsPort : Number(url.port);
  if (port !== httpsPort && port < firstFreePort) return `The port is ${httpsPort}, or ${firstFreePort} and above.`;
  if (host.endsWith(".")) return "A host name ends without a dot.";
  if (isIP(host) === 0) return host.includes(".") || own ? undefined : "The host is a full name or a public address.";
  return mayReceive(host, targets) ? undefined : "Webhooks go to public addresses alone.";
}

/** A name of this machine, or one that its tests resolve to it. */
function isOwn(host: string): boolean {
  return host === "localhost" || host.endsWith(".localhost") || mayReceive(host, { loopback: true });
}

function refused(detail: string): Result<never, InvalidWebhookUrl> {
  return err({ code: "invalid_webhook_url", detail });
}
