import { createHmac, createPrivateKey, createPublicKey, sign } from "node:crypto";
import * as v from "valibot";

/** How a webhook is signed: by a shared secret (HMAC-SHA256), or by a key pair (Ed25519). */
export const WebhookScheme = v.picklist(["v1", "v1a"]);
export type WebhookScheme = v.InferOutput<typeof WebhookScheme>;

/** What signs webhooks: a secret as `whsec_…`, or the seed of a private key as `whsk_…` with its public key, `whpk_…`. */
export interface WebhookKeys {
  readonly secret: string;
  readonly publicKey?: string;
}

/** How many random bytes a secret or a private key is made of. The specification asks for 24 to 64. */
export const webhookSecretBytes = 32;

/** How RFC 8410 writes an Ed25519 private key before its 32 bytes, and how many bytes stand before those of a public key. */
const privateKeyHead = Buffer.from("302e020100300506032b657004220420", "hex");
const publicKeyHeadBytes = 12;

/**
 * Makes keys of 32 bytes that nobody can guess.
 *
 * Source: Standard Webhooks, "Signature scheme": prefixes `whsec_`, `whsk_` and `whpk_`, then base64.
 */
export function webhookKeys(scheme: WebhookScheme, random: Uint8Array): WebhookKeys {
  const text = Buffer.from(random).toString("base64");
  if (scheme === "v1") return { secret: `whsec_${text}` };
  const spki = createPublicKey(privateKeyOf(random)).export({ format: "der", type: "spki" });
  return { secret: `whsk_${text}`, publicKey: `whpk_${spki.subarray(publicKeyHeadBytes).toString("base64")}` };
}

/** What is signed, and by what. Units: `at` in milliseconds since 1970. */
export interface ToSign {
  readonly id: string;
  readonly at: number;
  readonly body: string;
}

/** When a message is signed, as its header says it. Units: whole seconds since 1970. */
export function webhookTimestamp(at: number): string {
  return String(Math.floor(at / 1000));
}

/** Signs a message with each of the secrets, the newest first: one header for all. Source: Standard Webhooks. */
export function signWebhook({ id, at, body }: ToSign, secrets: readonly string[]): string {
  const content = `${id}.${webhookTimestamp(at)}.${body}`;
  return secrets.map((secret) => signature(secret, content)).join(" ");
}

function signature(secret: string, content: string): string {
  const bytes = Buffer.from(secret.slice(secret.indexOf("_") + 1), "base64");
  if (secret.startsWith("whsec_")) return `v1,${createHmac("sha256", bytes).update(content).digest("base64")}`;
  return `v1a,${sign(null, Buffer.from(content), privateKeyOf(bytes)).toString("base64")}`;
}

function privateKeyOf(seed: Uint8Array) {
  return createPrivateKey({ key: Buffer.concat([privateKeyHead, seed]), format: "der", type: "pkcs8" });
}
