import { createPublicKey, verify } from "node:crypto";
import fc from "fast-check";
import { Webhook } from "standardwebhooks";
import { describe, expect, test } from "vitest";
import { signWebhook, webhookKeys, webhookSecretBytes, webhookTimestamp } from "./webhook-keys.ts";

const random = fc.uint8Array({ minLength: webhookSecretBytes, maxLength: webhookSecretBytes });
const message = fc.record({ type: fc.string(), data: fc.jsonValue() });
const id = "msg_0123456789012345678901";

function headersOf(at: number, signature: string) {
  return { "webhook-id": id, "webhook-timestamp": webhookTimestamp(at), "webhook-signature": signature };
}

/** Checks an Ed25519 signature as a receiver does who knows RFC 8032 and the public key alone. */
function checks(publicKey: string, content: string, signature: string): boolean {
  const x = Buffer.from(publicKey.replace("whpk_", ""), "base64").toString("base64url");
  const key = createPublicKey({ key: { kty: "OKP", crv: "Ed25519", x }, format: "jwk" });
  return verify(null, Buffer.from(content), key, Buffer.from(signature.replace("v1a,", ""), "base64"));
}

describe("webhookKeys", () => {
  test("are 32 bytes in base64 behind the specification's prefixes", () => {
    const bytes = new Uint8Array(32).fill(7);
    expect(webhookKeys("v1", bytes)).toEqual({ secret: `whsec_${Buffer.from(bytes).toString("base64")}` });
    const pair = webhookKeys("v1a", bytes);
    expect(pair.secret).toMatch(/^whsk_[A-Za-z0-9+/]{43}=$/);
    expect(pair.publicKey).toMatch(/^whpk_[A-Za-z0-9+/]{43}=$/);
  });

  test("make the pair of RFC 8032's first test", () => {
    const seed = Buffer.from("9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60", "hex");
    const known = Buffer.from("d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a", "hex");
    expect(webhookKeys("v1a", seed).publicKey).toBe(`whpk_${known.toString("base64")}`);
  });
});

describe("signWebhook", () => {
  test("makes the signature of the specification's example", () => {
    const secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    const body = '{"test": 2432232314}';
    const signed = signWebhook({ id: "msg_p5jXN8AQM9LWM0D4loKWxJek", at: 1_614_265_330_000, body }, [secret]);
    expect(signed).toBe("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
  });

  test("is taken by another's library, whatever the message, and for no other message", () => {
    fc.assert(
      fc.property(random, message, (bytes, said) => {
        const at = Date.now();
        const body = JSON.stringify(said);
        const { secret } = webhookKeys("v1", bytes);
        const headers = headersOf(at, signWebhook({ id, at, body }, [secret]));
        expect(new Webhook(secret).verify(body, headers)).toEqual(JSON.parse(body));
        expect(() => new Webhook(secret).verify(`${body} `, headers)).toThrow();
        expect(() => new Webhook(secret).verify(body, { ...headers, "webhook-id": "msg_2" })).toThrow();
      }),
    );
  });

  test("of two secrets has two signatures, and either of them checks it", () => {
    fc.assert(
      fc.property(random, random, message, (one, two, said) => {
        const at = Date.now();
        const body = JSON.stringify(said);
        const secrets = [one, two].map((bytes) => webhookKeys("v1", bytes).secret);
        const signature = signWebhook({ id, at, body }, secrets);
        expect(signature.split(" ")).toHaveLength(2);
        for (const secret of secrets) new Webhook(secret).verify(body, headersOf(at, signature));
      }),
    );
  });

  test("of a key pair is checked by its public key, and by no other", () => {
    fc.assert(
      fc.property(random, random, message, (mine, other, said) => {
        const [at, body] = [1_764_162_000_999, JSON.stringify(said)];
        const [pair, stranger] = [webhookKeys("v1a", mine), webhookKeys("v1a", other)];
        const signature = signWebhook({ id, at, body }, [pair.secret]);
        const content = `${id}.1764162000.${body}`;
        expect(checks(pair.publicKey ?? "", content, signature)).toBe(true);
        expect(checks(pair.publicKey ?? "", `${content} `, signature)).toBe(false);
        if (stranger.secret !== pair.secret) expect(checks(stranger.publicKey ?? "", content, signature)).toBe(false);
      }),
      { numRuns: 30 },
    );
  });
});
