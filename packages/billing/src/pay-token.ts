import { createHmac, timingSafeEqual } from "node:crypto";
import { type MerchantId, parseMerchantId } from "@farthing/money";
import type { CollectionRef } from "./collection.ts";
import { invoiceId, parseInvoiceId } from "./invoice-id.ts";

/** A secret of the merchant's, for links to pay by alone. */
export type PaySecrets = (merchant: MerchantId) => Promise<Uint8Array | undefined>;

/** The text in a link by which a customer pays an invoice: who has it may open the page to pay, and nothing else. */
export function payToken(ref: CollectionRef, secret: Uint8Array): string {
  const name = Buffer.from(JSON.stringify([ref.merchant, invoiceId(ref)])).toString("base64url");
  return `${name}.${sealOf(name, secret).toString("base64url")}`;
}

function sealOf(name: string, secret: Uint8Array): Buffer {
  return createHmac("sha256", secret).update(`pay ${name}`).digest();
}

/** Reads a link's text; undefined for any that is not one of ours. */
export async function readPayToken(token: string, secrets: PaySecrets): Promise<CollectionRef | undefined> {
  const [name = "", seal = "", ...rest] = token.split(".");
  const ref = rest.length === 0 ? refOf(name) : undefined;
  const secret = ref === undefined ? undefined : await secrets(ref.merchant);
  if (secret === undefined) return undefined;
  const [given, ours] = [Buffer.from(seal, "base64url"), sealOf(name, secret)];
  return given.length === ours.length && timingSafeEqual(given, ours) ? ref : undefined;
}

function refOf(name: string): CollectionRef | undefined {
  try {
    const [merchant, invoice]: unknown[] = JSON.parse(Buffer.from(name, "base64url").toString());
    const owner = parseMerchantId(String(merchant));
    const place = parseInvoiceId(String(invoice));
    return owner.ok && place !== undefined ? { merchant: owner.value, ...place } : undefined;
  } catch {
    // Text of somebody else's: no link of ours is unreadable.
    return undefined;
  }
}
