import { type CrashPoint, crashing, survive } from "@farthing/metering/faults";
import { expectOk, minus, noMoney, type Picos, picos, roundToMinor, sum } from "@farthing/money";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { changeInvoice } from "./change-invoice.ts";
import { createCreditNote } from "./create-credit-note.ts";
import { getBalance } from "./get-balance.ts";
import type { LaterEvent } from "./invoice-state.ts";
import { invoicesToNumber, numberInvoices } from "./number-invoices.ts";
import { getInvoice } from "./read-invoices.ts";
import { rollEverything } from "./run-settlement.ts";
import { ann, type BillingWorld, billingWorld, charge, hour, merchant, refOf, start } from "./world.fixture.ts";

/** An invoice as plain arithmetic sees it, apart from the code under test. */
interface ModelInvoice {
  readonly id: string;
  readonly total: bigint;
  /** What it can give back: its charges and what was carried in. */
  readonly whole: bigint;
  status: string;
  /** Taken off what was due, and refunded, in whole cents. */
  lowered: bigint;
  refunded: bigint;
  /** Given back exactly, in the ways that round together, and in all. */
  rounding: bigint;
  credited: bigint;
  readonly events: Set<string>;
}

interface Model {
  readonly invoices: ModelInvoice[];
  charged: bigint;
  unsealed: bigint;
  carry: bigint;
  notes: number;
  steps: number;
}

const next: Readonly<Record<LaterEvent, Readonly<Record<string, string>>>> = {
  collected: { sealed: "paid", past_due: "paid", uncollectible: "paid" },
  paid_outside: { sealed: "paid", past_due: "paid", uncollectible: "paid" },
  fell_due: { sealed: "past_due" },
  voided: { sealed: "void", past_due: "void", uncollectible: "void" },
  given_up: { sealed: "uncollectible", past_due: "uncollectible" },
  written_off: { sealed: "uncollectible", past_due: "uncollectible" },
};
const events = Object.keys(next) as LaterEvent[];
const cent = 10_000_000_000n;

/** Half to even, by hand. */
function toCents(amount: bigint): bigint {
  const sign = amount < 0n ? -1n : 1n;
  const size = amount * sign;
  const [down, rest] = [size / cent, size % cent];
  const up = rest * 2n > cent || (rest * 2n === cent && down % 2n === 1n);
  return sign * (up ? down + 1n : down) * cent;
}

type Real = { readonly shop: BillingWorld; readonly crash: CrashPoint | undefined };

/** Runs a step that may die, and then again as a caller with the same key would. */
async function runTwice<T>({ shop, crash }: Real, step: (on: BillingWorld) => Promise<T>): Promise<T> {
  if (crash !== undefined) {
    const { stores } = crashing<BillingWorld>(shop, crash);
    await survive(() => step(stores));
  }
  return await step(shop);
}

async function send({ shop }: Real, model: Model, amount: bigint): Promise<void> {
  const time = start + model.steps;
  shop.at(time + 1);
  const text = `${amount / 10n ** 12n}.${String(amount % 10n ** 12n).padStart(12, "0")}`;
  await shop.send(charge(`e${model.steps}`, time, text));
  model.charged += amount;
  model.unsealed += amount;
}

async function seal(real: Real, model: Model): Promise<void> {
  const { shop } = real;
  const through = start + model.steps + hour;
  shop.at(through);
  await shop.seal(through, { id: `st${model.steps}` });
  const made = await shop.seals.latestSeal(refOf(ann));
  if (made === undefined) return;
  await runTwice(real, (on) => numberInvoices(on, merchant, invoicesToNumber([made])));
  if (model.unsealed === 0n) return;
  const exact = model.unsealed + model.carry;
  const rounded = toCents(exact);
  const total = rounded > 0n ? rounded : 0n;
  const fresh = { lowered: 0n, refunded: 0n, rounding: 0n, credited: 0n, events: new Set<string>() };
  const id = `inv_ann_${made.number}_USD`;
  model.invoices.push({ id, total, whole: exact, status: total > 0n ? "sealed" : "carried", ...fresh });
  model.unsealed = 0n;
  model.carry = exact - total;
}

async function change(real: Real, model: Model, { at, event }: { at: number; event: LaterEvent }): Promise<void> {
  const invoice = model.invoices[at % Math.max(1, model.invoices.length)];
  if (invoice === undefined) return;
  const order = { merchant, id: invoice.id, event, reason: "because" };
  const answer = await runTwice(real, (on) => changeInvoice(on, order));
  const to = invoice.events.has(event) ? invoice.status : next[event][invoice.status];
  expect(answer.ok ? answer.value.status : answer.error.code).toBe(to ?? "invoice_not_open");
  if (to === undefined || invoice.events.has(event)) return;
  invoice.events.add(event);
  invoice.status = to;
}

async function credit(
  real: Real,
  model: Model,
  { at, part, as }: { at: number; part: bigint | undefined; as: "refund" | "carry" | undefined },
): Promise<void> {
  const invoice = model.invoices[at % Math.max(1, model.invoices.length)];
  if (invoice === undefined) return;
  const found = expectOk(await getInvoice(real.shop, { merchant, id: invoice.id }));
  const line = found.lines[0]?.id ?? "line_1";
  const scope = part === undefined ? { whole: true as const } : { lines: [{ line, amount: part as Picos }] };
  const order = { merchant, id: invoice.id, scope, as, reason: "because", key: `k${model.steps}` };
  const answer = await runTwice(real, (on) => createCreditNote(on, order));
  const isOpen = invoice.status === "sealed" || invoice.status === "past_due";
  if (!isOpen && invoice.status !== "paid")
    return void expect(answer).toMatchObject({ error: { code: "invoice_not_open" } });
  if (isOpen && as === "refund") return void expect(answer).toMatchObject({ error: { code: "nothing_to_refund" } });
  if (!answer.ok) return void expect(answer.error.code).toBe("credit_too_large");
  const exact = part ?? invoice.whole - invoice.credited;
  const how = as ?? (isOpen ? "due" : "carry");
  expect(answer.value).toMatchObject({ as: how, number: ++model.notes });
  expect(picos(answer.value.exact)).toBe(exact);
  const given = how === "carry" ? 0n : toCents(invoice.rounding + exact) - invoice.lowered - invoice.refunded;
  expect(picos(answer.value.total)).toBe(given);
  invoice.credited += exact;
  if (how !== "carry") invoice.rounding += exact;
  if (how === "due") invoice.lowered += given;
  if (how === "refund") invoice.refunded += given;
  if (how === "due" && invoice.lowered === invoice.total) invoice.status = "paid";
  model.carry -= exact - given;
}

/** Every invoice, every balance and every seal says what plain arithmetic says. */
async function check(shop: BillingWorld, model: Model): Promise<void> {
  for (const invoice of model.invoices) {
    const shown = expectOk(await getInvoice(shop, { merchant, id: invoice.id }));
    expect(shown.status).toBe(invoice.status);
    expect(picos(shown.total)).toBe(invoice.total);
    expect(shown.number === undefined).toBe(invoice.total === 0n);
  }
  await rollEverything(shop.rolls, merchant, 0);
  const balances = await getBalance(shop, { merchant, id: ann });
  const usd = balances.ok ? balances.value.balances.find(({ currency }) => currency === "USD") : undefined;
  const of = (text: string | undefined) => picos(text ?? "0");
  const left = (status: string) =>
    model.invoices.filter((one) => one.status === status).reduce((all, one) => all + one.total - one.lowered, 0n);
  expect(of(usd?.due)).toBe(left("sealed") + left("past_due"));
  expect(of(usd?.paid)).toBe(left("paid"));
  expect(of(usd?.voided)).toBe(left("void"));
  expect(of(usd?.uncollectible)).toBe(left("uncollectible"));
  if (usd !== undefined) expect(of(usd.carried)).toBe(model.carry);
  const parts = [usd?.due, usd?.paid, usd?.voided, usd?.uncollectible, usd?.credited, usd?.carried, usd?.unbilled];
  expect(minus(sum(parts.map(of)), of(usd?.refunds))).toBe(model.charged);
  await checkSeals(shop);
}

/** Σ exact = Σ totals + carry + what notes carried, each note taken by one seal or by none yet. */
async function checkSeals(shop: BillingWorld): Promise<void> {
  const [seals, records] = await Promise.all([shop.seals.seals(refOf(ann)), shop.account.recordsFrom(refOf(ann), 1)]);
  const invoices = seals.flatMap((one) => one.invoices);
  const taken = sum(seals.map(({ creditNotes }) => creditNotes?.USD ?? noMoney));
  const carry = seals.at(-1)?.carries.USD ?? noMoney;
  expect(sum(invoices.map(({ exact }) => exact))).toBe(sum([...invoices.map(({ total }) => total), carry, taken]));
  const carried = (through: number) =>
    sum(records.map((one) => (one.change.kind === "credit" && one.number <= through ? one.change.carried : noMoney)));
  expect(taken).toBe(carried(seals.at(-1)?.account ?? 0));
  for (const { exact, carriedIn, total, carriedOut, lines } of invoices) {
    expect(sum([exact, carriedIn])).toBe(sum([total, carriedOut]));
    expect(roundToMinor(total, lines[0]?.key.currency ?? expect.fail("no line"))).toBe(total);
  }
}

const crashes = fc.option(
  fc.record({ call: fc.integer({ min: 1, max: 12 }), when: fc.constantFrom("before" as const, "after" as const) }),
  {
    nil: undefined,
    freq: 2,
  },
);
const amounts = fc.oneof(fc.bigInt({ min: 1n, max: 3n * 10n ** 12n }), fc.constantFrom(cent / 2n, cent, 1n));
const step = fc.record({
  crash: crashes,
  act: fc.oneof(
    { weight: 3, arbitrary: amounts.map((amount) => (real: Real, model: Model) => send(real, model, amount)) },
    { weight: 3, arbitrary: fc.constant(seal) },
    {
      weight: 3,
      arbitrary: fc
        .record({ at: fc.nat(5), event: fc.constantFrom(...events) })
        .map((asked) => (real: Real, model: Model) => change(real, model, asked)),
    },
    {
      weight: 4,
      arbitrary: fc
        .record({
          at: fc.nat(5),
          part: fc.option(amounts, { nil: undefined }),
          as: fc.constantFrom(undefined, undefined, "carry" as const, "refund" as const),
        })
        .map((asked) => (real: Real, model: Model) => credit(real, model, asked)),
    },
  ),
});

describe("the account of a customer", () => {
  test("is what plain arithmetic says, whatever happens in whatever order and wherever a process dies", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 4, maxLength: 14 }), async (steps) => {
        const shop = await billingWorld();
        const model = { invoices: [], charged: 0n, unsealed: 0n, carry: 0n, notes: 0, steps: 0 } as Model;
        for (const { act, crash } of steps) {
          model.steps += 1;
          await act({ shop, crash: crash ?? undefined }, model);
          await check(shop, model);
        }
        const numbers = (await shop.noteNumbers.blocksFrom(merchant, 1)).flatMap(({ invoices }) => invoices);
        expect(new Set(numbers.map((one) => `${one.customer} ${one.seal}`)).size).toBe(numbers.length);
        expect(numbers).toHaveLength(model.notes);
      }),
      { seed: 11, numRuns: 120 },
    );
  });
});
