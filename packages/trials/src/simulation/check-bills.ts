import type { SealedInvoice } from "@farthing/billing";
import type { Blame } from "./check-answers.ts";
import { type Charge, type Customer, chargeKey, chargesThrough, windowsAtSeal } from "./expected-bill.ts";
import { chargesMoved, type Quantities, quantitiesAt } from "./expected-shares.ts";
import { compared, type Fraction, halfEven, less, nought, readFraction, textOf } from "./fraction.ts";
import { fractionOfDecimal } from "./product-words.ts";

type SealedLine = SealedInvoice["lines"][number];

/** What an invoice of one currency has to be. Units: 10⁻¹² of the currency. */
export interface ExpectedInvoice {
  readonly exact: bigint;
  readonly carriedIn: bigint;
  readonly total: bigint;
  readonly carriedOut: bigint;
}

const minorDigits: Readonly<Record<string, number>> = { USD: 2, EUR: 2, JPY: 0, KWD: 3 };

/** Every invoice of a customer is what its seal added to the charges, line by line, rounded once, with the carry. */
export function checkBills(customer: Customer, blame: Blame): void {
  const carries = new Map<string, bigint>();
  let before: ReadonlyMap<string, Charge> = new Map();
  let sharesBefore: Quantities = new Map();
  for (const seal of customer.account.seals) {
    const { number, invoices } = seal;
    const now = chargesThrough(customer, number);
    const shares = quantitiesAt(customer, seal);
    const changes = changesOf(before, now, chargesMoved(sharesBefore, shares));
    const name = `invoice ${number} of ${customer.account.customer}`;
    const currencies = new Set([...changes.values()].map(({ currency }) => currency));
    for (const { currency } of invoices) if (!currencies.has(currency)) blame(`${name} bills ${currency} for nothing`);
    for (const currency of currencies) {
      const invoice = invoices.find((candidate) => candidate.currency === currency);
      const own = new Map([...changes].filter(([, change]) => change.currency === currency));
      const expected = expectedInvoice(own, { customer, number, currency, carriedIn: carries.get(currency) ?? 0n });
      carries.set(currency, expected.carriedOut);
      if (invoice === undefined) blame(`${name} does not bill ${currency}`);
      else checkInvoice(invoice, { expected, changes: own, now }, (text) => blame(`${name} ${currency}: ${text}`));
    }
    before = now;
    sharesBefore = shares;
  }
  checkSums(customer, before, blame);
}

/** However often it was rounded: all invoices of a customer, with what is carried on, are all that it was charged. */
function checkSums({ account }: Customer, charged: ReadonlyMap<string, Charge>, blame: Blame): void {
  const invoices = account.seals.flatMap((seal) => seal.invoices);
  const exact = new Map<string, bigint>();
  for (const one of charged.values()) exact.set(one.currency, (exact.get(one.currency) ?? 0n) + one.exact);
  for (const currency of new Set([...exact.keys(), ...invoices.map((invoice) => invoice.currency)])) {
    const own = invoices.filter((invoice) => invoice.currency === currency);
    const invoiced = own.reduce((sum, { total }) => sum + total, 0n) + (own.at(-1)?.carriedOut ?? 0n);
    const all = exact.get(currency) ?? 0n;
    if (invoiced !== all) blame(`${account.customer} is invoiced ${invoiced} in ${currency}, and charged ${all}`);
  }
}

interface Change extends Charge {
  readonly key: string;
}

/** What charges changed by, and those of which only the events changed. */
function changesOf(
  before: ReadonlyMap<string, Charge>,
  now: ReadonlyMap<string, Charge>,
  moved: ReadonlySet<string>,
): ReadonlyMap<string, Change> {
  const changes = new Map<string, Change>();
  for (const key of new Set([...before.keys(), ...now.keys()])) {
    const [was, is] = [before.get(key), now.get(key)];
    const quantity = less(is?.quantity ?? nought, was?.quantity ?? nought);
    const exact = (is?.exact ?? 0n) - (was?.exact ?? 0n);
    if (exact === 0n && compared(quantity, nought) === 0 && !moved.has(key)) continue;
    changes.set(key, { key, currency: is?.currency ?? was?.currency ?? "", quantity, exact });
  }
  return changes;
}

function expectedInvoice(
  changes: ReadonlyMap<string, Change>,
  {
    customer,
    number,
    currency,
    carriedIn,
  }: {
    readonly customer: Customer;
    readonly number: number;
    readonly currency: string;
    readonly carriedIn: bigint;
  },
): ExpectedInvoice {
  const exact = [...changes.values()].reduce((sum, change) => sum + change.exact, 0n);
  const unit = unitOf(currency);
  const rounded = halfEven({ top: exact + carriedIn, bottom: unit }) * unit;
  const cut = customer.account.seals.find((seal) => seal.number === number)?.frontier.cut ?? 0;
  const plan = windowsAtSeal(customer, number).find(({ from, to }) => from < cut && cut <= to)?.plan;
  const least = plan?.currency === currency ? readFraction(plan.minimumInvoice ?? "0") : nought;
  const collected = rounded > 0n && compared({ top: rounded, bottom: 10n ** 12n }, least) >= 0;
  const total = collected ? rounded : 0n;
  return { exact, carriedIn, total, carriedOut: exact + carriedIn - total };
}

function unitOf(currency: string): bigint {
  return 10n ** BigInt(12 - (minorDigits[currency] ?? 2));
}

interface Expectation {
  readonly expected: ExpectedInvoice;
  readonly changes: ReadonlyMap<string, Change>;
  readonly now: ReadonlyMap<string, Charge>;
}

function checkInvoice(invoice: SealedInvoice, { expected, changes, now }: Expectation, blame: Blame): void {
  for (const what of ["exact", "carriedIn", "total", "carriedOut"] as const) {
    if (invoice[what] !== expected[what]) blame(`${what} is ${invoice[what]}, not ${expected[what]}`);
  }
  if (invoice.status !== (expected.total === 0n ? "carried" : "sealed")) blame(`it is ${invoice.status}`);
  const lines = new Map(invoice.lines.map((line) => [keyOfLine(line), line]));
  if (lines.size !== invoice.lines.length) blame("two lines are for the same");
  for (const key of lines.keys()) if (!changes.has(key)) blame(`a line of ${key} is for nothing`);
  for (const [key, change] of changes) {
    const line = lines.get(key);
    if (line === undefined) blame(`there is no line of ${key}`);
    else checkLine(line, change, now.get(key), (text) => blame(`the line of ${key} ${text}`));
  }
  checkShown(invoice, blame);
}

function checkLine(line: SealedLine, change: Change, now: Charge | undefined, blame: Blame): void {
  if (line.exact !== change.exact) blame(`comes to ${line.exact}, not ${change.exact}`);
  if (line.chargedExact !== (now?.exact ?? 0n)) blame(`has charged ${line.chargedExact}, not ${now?.exact}`);
  if (line.kind === "flat") return;
  const quantity: Fraction = line.quantity === undefined ? nought : fractionOfDecimal(line.quantity);
  if (compared(quantity, change.quantity) !== 0) blame(`is of ${textOf(quantity)}, not ${textOf(change.quantity)}`);
}

/** What an invoice shows adds up to its total in whole units, each line within a unit of what it is. */
function checkShown({ lines, total, carriedIn, currency, status }: SealedInvoice, blame: Blame): void {
  const unit = unitOf(currency);
  const carry = total - lines.reduce((sum, { amount }) => sum + amount, 0n);
  if (status === "carried") {
    if (lines.some(({ amount }) => amount !== 0n)) blame("it is carried, and shows amounts");
    return;
  }
  const parts = [...lines.map(({ amount, exact }) => [amount, exact] as const), [carry, carriedIn] as const];
  for (const [amount, exact] of parts) {
    const off = amount > exact ? amount - exact : exact - amount;
    if (amount % unit !== 0n || off >= unit) blame(`${exact} is shown as ${amount}`);
  }
}

/** Names what a line charges for, as the test names it. */
export function keyOfLine({ key: { subscription, price, periodFrom, meterRevision, currency } }: SealedLine): string {
  const key = chargeKey(subscription, price, periodFrom, meterRevision);
  return subscription === null ? `${key}${currency}` : key;
}
