import type { Fact, Meter } from "@farthing/metering";
import { expectOk } from "@farthing/money";
import fc from "fast-check";
import { expect } from "vitest";
import { invoiceId } from "./invoice-id.ts";
import { listCharges } from "./list-charges.ts";
import type { MicroCharge } from "./micro-charge.ts";
import type { Seal, SealedInvoice } from "./seal.ts";
import {
  ann,
  type BillingWorld,
  bytes,
  charge,
  day,
  hour,
  merchant,
  month,
  refOf,
  request,
  requests,
  subscription,
  voiding,
} from "./world.fixture.ts";

const idOf = (seal: Seal, { currency }: SealedInvoice) => invoiceId({ customer: ann, seal: seal.number, currency });

/** All charges of a seal's invoice, read page by page. */
export async function chargesOf(
  shop: BillingWorld,
  seal: Seal,
  { limit = 500, line = undefined as string | undefined, currency = "USD" } = {},
): Promise<readonly MicroCharge[]> {
  const invoice = seal.invoices.find((one) => one.currency === currency);
  if (invoice === undefined) return [];
  const items: MicroCharge[] = [];
  let after: string | undefined;
  do {
    const page = expectOk(await listCharges(shop, { merchant, id: idOf(seal, invoice), limit, after, line }));
    expect(page.items.length).toBeLessThanOrEqual(limit);
    items.push(...page.items);
    after = page.next;
  } while (after !== undefined);
  return items;
}

/** Facts that often meet: few ids, few hours. */
const facts: fc.Arbitrary<Fact> = fc
  .record({
    kind: fc.constantFrom("request", "request", "request", "request", "charge", "void"),
    id: fc.constantFrom(..."abcdefgh"),
    after: fc.oneof(fc.integer({ min: 0, max: 3 }), fc.integer({ min: 0, max: 40 * 24 })),
    bytes: fc.constantFrom(1, 3, "0.5", "none"),
    region: fc.constantFrom("eu", "us"),
  })
  .map(({ kind, id, after, bytes: size, region }) => {
    const time = month(2) + after * hour;
    if (kind === "void") return voiding(id, time);
    if (kind === "charge") return charge(id, time, "0.000000000007");
    return request(id, time, { data: { bytes: size, other: 2, region } });
  });

const changes = fc.constantFrom("nothing", "meter", "meter", "meter", "subscription");
const cuts = fc.oneof(fc.constantFrom(30, 45 * 24), fc.integer({ min: 1, max: 45 * 24 }));
/** Dense on purpose: few ids and hours, much to every seal. */
export const steps = fc.array(fc.tuple(fc.array(facts, { minLength: 2, maxLength: 6 }), cuts, changes), {
  minLength: 2,
  maxLength: 4,
});

/** Sends and seals in turn, with meters and subscriptions that change between. */
export async function chainOf(
  shop: BillingWorld,
  all: typeof steps extends fc.Arbitrary<infer T> ? T : never,
): Promise<readonly Seal[]> {
  shop.at(month(4));
  for (const [index, [sent, cut, change]] of all.entries()) {
    const revision = index + 2;
    const redefined: Meter = { ...bytes, revision, value: index % 2 === 0 ? "other" : "bytes" };
    const { revision: now, meters } = await shop.meters.currentMeters(merchant);
    const next = change === "meter" ? [redefined, requests] : meters;
    for (let at = now + 1; at <= revision; at++)
      await shop.meters.publishMeters(merchant, { revision: at, meters: next });
    const from = { start: month(2) + 9 * day, flatFrom: month(2) + 9 * day, createdAt: month(3) + index };
    if (change === "subscription")
      await shop.subscriptions.addSubscription(subscription({ id: `s${revision}`, plan: "other", ...from }));
    await shop.send(...sent);
    await shop.seal(month(2) + cut * hour, { id: `st${index}` });
  }
  return await shop.seals.seals(refOf(ann));
}
