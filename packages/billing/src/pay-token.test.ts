import { currency, customerId, merchantId } from "@farthing/money";
import { expect, test } from "vitest";
import { payToken, readPayToken } from "./pay-token.ts";

const ref = { merchant: merchantId("shop"), customer: customerId("ann"), seal: 1, currency: currency("USD") };
const secret = new Uint8Array(32).fill(7);
const secrets = async (merchant: string) => (merchant === "shop" ? secret : undefined);

test("a link is read back by its merchant's secret alone", async () => {
  const token = payToken(ref, secret);
  expect(token).toMatch(/^[\w-]+\.[\w-]+$/);
  expect(await readPayToken(token, secrets)).toEqual(ref);
  expect(await readPayToken(token, async () => new Uint8Array(32))).toBeUndefined();
  expect(await readPayToken(token, async () => undefined)).toBeUndefined();
});

test.for(["", ".", "a.b", "e30.x", "W10.x", "null", `${payToken(ref, secret)}.x`, payToken(ref, secret).slice(0, -3)])(
  "%s is no link",
  async (token) => {
    expect(await readPayToken(token, secrets)).toBeUndefined();
  },
);

test("a link of another invoice is not made from one's own", async () => {
  const [, seal] = payToken(ref, secret).split(".");
  const [other] = payToken({ ...ref, seal: 2 }, secret).split(".");
  expect(await readPayToken(`${other}.${seal}`, secrets)).toBeUndefined();
});
