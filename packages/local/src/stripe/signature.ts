import { createHmac } from "node:crypto";

/**
 * The header by which a webhook is told from a forgery; during a rotation it has a signature of each secret.
 *
 * Source: Stripe's documentation, "Verify webhook signatures manually".
 */
export function signatureOf(body: string, secrets: readonly string[], nowSeconds: number): string {
  const signed = secrets.map((secret) => {
    const digest = createHmac("sha256", secret).update(`${nowSeconds}.${body}`).digest("hex");
    return `v1=${digest}`;
  });
  return [`t=${nowSeconds}`, ...signed].join(",");
}
