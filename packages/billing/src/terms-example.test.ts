import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import {
  currency,
  customerId,
  decimal,
  formatPicos,
  merchantId,
  minus,
  picos,
  roundToMinor,
  sum,
} from "@farthing/money";
import { type Coverable, drawGrants, type Grant } from "@farthing/wallet";
import { expect, test } from "vitest";
import { type AppliedCoupon, type Discountable, discountsOf } from "./coupon-discount.ts";
import { taxOf } from "./tax-engine.ts";
import { month } from "./world.fixture.ts";

const [merchant, customer, usd] = [merchantId("shop"), customerId("ann"), currency("USD")];
const period = { from: month(2), to: month(3), currency: usd };
const tokens = { ...period, key: "tokens", meter: "tokens", net: picos("0.18518505") };
const fee = { ...period, key: "fee", net: picos("2") };

const coupon = (id: string, off: AppliedCoupon["content"]["off"]): AppliedCoupon => {
  const content = { merchant, key: id, version: 1, createdAt: 0, off };
  const cycle = { interval: "month", timezone: "UTC" } as const;
  return { merchant, customer, id, coupon: id, couponVersion: 1, start: month(2), cycle, content };
};
const grant = (id: string, granted: string, covers: Partial<Grant>): Grant => {
  const common = { merchant, customer, priority: 50, startsAt: 0, createdAt: 0 };
  return { ...common, id, granted: decimal(granted), ...covers };
};

test("the worked example of the document is what the rules come to", () => {
  const lines: readonly Discountable[] = [tokens, fee];
  const coupons = [
    coupon("HALF", { amount: decimal("0.5"), currency: usd }),
    coupon("EIGHTH", { percent: decimal("12.5") }),
  ];
  const off = discountsOf(lines, coupons);
  const offOf = (key: string, id: string) => formatPicos(off.get(key)?.[id] ?? picos("0"));
  const netOf = ({ key, net }: Discountable) => minus(net, sum(Object.values(off.get(key) ?? {})));
  const nets: readonly Coverable[] = [
    { ...tokens, units: decimal("1234567"), net: netOf(tokens) },
    { ...fee, net: netOf(fee) },
  ];
  const grants = [grant("cash", "1", { currency: usd }), grant("units", "100000", { meter: "tokens" })];
  const draws = drawGrants(nets, grants, new Map());
  const drawn = (line: string, id: string) =>
    formatPicos(sum(draws.flatMap((draw) => (draw.line === line && draw.grant === id ? [draw.exact] : []))));
  const charged = minus(sum(nets.map(({ net }) => net)), sum(draws.map(({ exact }) => exact)));
  const tax = taxOf({ treatment: { name: "VAT", rate: "0.19", kind: "exclusive" }, charged });
  const exact = sum([charged, tax]);
  const cells = [
    offOf("tokens", "EIGHTH"),
    offOf("fee", "EIGHTH"),
    offOf("tokens", "HALF"),
    offOf("fee", "HALF"),
    ...nets.map(({ net }) => formatPicos(net)),
    drawn("tokens", "units"),
    drawn("tokens", "cash"),
    drawn("fee", "cash"),
    ...[charged, tax, exact, roundToMinor(exact, usd), minus(exact, roundToMinor(exact, usd))].map(formatPicos),
  ];
  const document = readFileSync(resolve(import.meta.dirname, "../../../docs/pricing.md"), "utf8");
  const example = document.slice(document.indexOf("### A worked example"), document.indexOf("## Simulation"));
  for (const cell of cells) expect(example).toContain(` ${cell} `);
});
