import { listCharges, type MicroCharge, type Seal, type SealedInvoice } from "@farthing/billing";
import { expectOk } from "@farthing/money";
import type { Blame } from "./check-answers.ts";
import { keyOfLine } from "./check-bills.ts";
import { type Customer, chargeKey, coveredEvents, windowsAtSeal } from "./expected-bill.ts";
import { groupOf, isInGroup, meterValue, takes } from "./expected-values.ts";
import { compared, type Fraction, less, nought, plus, readFraction, textOf } from "./fraction.ts";
import { chargeRule, type MeterRule } from "./rules.ts";
import type { Run } from "./run-story.ts";
import { periodOf } from "./wall-clock.ts";

const pageSize = 40;

/** Meters whose events each add a quantity of their own, whatever else there is. */
const additive: readonly string[] = ["requests", "bytes", "files", "seconds", "charge"];

/**
 * The charges behind a customer's invoices add up to each metered line, in order of time; and each invoice charges, under each
 * of its lines, for exactly the events that came to count for it with that seal, and takes away those that ceased to.
 */
export async function checkCharges(run: Run, customer: Customer, blame: Blame): Promise<void> {
  let before: Quantities = new Map();
  for (const seal of customer.account.seals) {
    const now = quantitiesAt(customer, seal);
    for (const invoice of seal.invoices) {
      const id = `inv_${customer.account.customer}_${seal.number}_${invoice.currency}`;
      const charges = await chargesOf(run, id);
      checkLines(invoice, charges, (text) => blame(`${id}: ${text}`));
      checkEvents(invoice, { charges, before, now }, (text) => blame(`${id}: ${text}`));
    }
    before = now;
  }
}

async function chargesOf({ ports, merchant }: Run, id: string): Promise<readonly MicroCharge[]> {
  const all: MicroCharge[] = [];
  let after: string | undefined;
  do {
    const page = { limit: pageSize, ...(after === undefined ? {} : { after }) };
    const { items, next } = expectOk(await listCharges(ports.settling, { merchant, id, ...page }));
    all.push(...items);
    after = next;
  } while (after !== undefined);
  return all;
}

function checkLines({ lines }: SealedInvoice, charges: readonly MicroCharge[], blame: Blame): void {
  const sums = new Map<string, Fraction>();
  let [running, last] = [nought, ""];
  for (const charge of charges) {
    addTo(sums, charge.line, readFraction(charge.amount));
    running = plus(running, readFraction(charge.amount));
    if (compared(running, readFraction(charge.running)) !== 0) blame(`${charge.id} runs to ${charge.running}`);
    // What is carried into a period has no event, and stands before all that have.
    if (charge.id === charge.line) continue;
    if (charge.time < last) blame(`${charge.id} is out of order`);
    last = charge.time;
  }
  for (const { id, exact, meter } of lines) {
    const sum = sums.get(id) ?? nought;
    const line = { top: meter === undefined ? 0n : exact, bottom: 10n ** 12n };
    if (compared(sum, line) !== 0) blame(`charges of ${id} come to ${textOf(sum)}, the line to ${textOf(line)}`);
  }
}

/** How much of each event counts for each charge, by the charge's key and the event's. */
type Quantities = ReadonlyMap<string, ReadonlyMap<string, Fraction>>;

function checkEvents(
  { lines }: SealedInvoice,
  {
    charges,
    before,
    now,
  }: { readonly charges: readonly MicroCharge[]; readonly before: Quantities; readonly now: Quantities },
  blame: Blame,
): void {
  for (const line of lines.filter(({ meter }) => meter !== undefined)) {
    const key = keyOfLine(line);
    const [was, is] = [before.get(key), now.get(key)];
    const shown = new Map<string, Fraction>();
    for (const charge of charges.filter((one) => one.line === line.id && one.id !== line.id))
      addTo(shown, eventKey({ ...charge, time: Date.parse(charge.time) }), readFraction(charge.quantity));
    for (const event of new Set([...(was?.keys() ?? []), ...(is?.keys() ?? []), ...shown.keys()])) {
      const expected = less(is?.get(event) ?? nought, was?.get(event) ?? nought);
      const found = shown.get(event) ?? nought;
      if (!additive.includes(line.meter ?? "")) {
        if (shown.has(event) !== (was?.has(event) !== is?.has(event))) blame(`${key} should not charge ${event}`);
      } else if (compared(found, expected) !== 0)
        blame(`${key} charges ${event} for ${textOf(found)}, not ${textOf(expected)}`);
    }
  }
}

function eventKey({
  id,
  source,
  time,
}: {
  readonly id: string;
  readonly source?: string | undefined;
  readonly time: number;
}) {
  return JSON.stringify([id, source ?? "", time]);
}

function quantitiesAt(customer: Customer, { number, timezone }: Seal): Quantities {
  const all = new Map<string, Map<string, Fraction>>();
  const windows = windowsAtSeal(customer, number);
  for (const covered of coveredEvents(customer, number)) {
    const { event, time, meters } = covered;
    const add = (key: string, rule: MeterRule) => {
      const own = all.get(key) ?? new Map<string, Fraction>();
      all.set(key, own);
      const alone = { from: time, to: time + 1 };
      const quantity = meterValue([covered], rule, { held: alone, whole: alone, before: [] });
      addTo(own, eventKey({ ...event, time }), quantity ?? nought);
    };
    if (takes(chargeRule, event)) {
      const month = periodOf(time, "month", timezone).from;
      add(`${chargeKey(null, "charge", month, 0)}${groupOf(chargeRule, event, "currency")}`, chargeRule);
    }
    const window = windows.find(({ from, to }) => time >= from && time < to);
    for (const { key, meter, group } of window?.plan.units ?? []) {
      const { rule, made = 0 } = meters.get(meter) ?? {};
      if (window === undefined || rule === undefined || !takes(rule, event) || !isInGroup(rule, event, group)) continue;
      add(chargeKey(window.id, key, periodOf(time, window.plan.interval, window.zone).from, made), rule);
    }
  }
  return all;
}

function addTo(sums: Map<string, Fraction>, key: string, value: Fraction): void {
  sums.set(key, plus(sums.get(key) ?? nought, value));
}
