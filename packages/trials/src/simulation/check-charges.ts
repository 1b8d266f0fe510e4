import { listCharges, type MicroCharge, type SealedInvoice } from "@farthing/billing";
import { expectOk } from "@farthing/money";
import type { Blame } from "./check-answers.ts";
import { keyOfLine } from "./check-bills.ts";
import type { Customer } from "./expected-bill.ts";
import { addTo, eventKey, type Quantities, quantitiesAt } from "./expected-shares.ts";
import { compared, type Fraction, less, nought, plus, readFraction, textOf } from "./fraction.ts";
import type { Run } from "./run-story.ts";

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
      if (shown.has(event) !== (was?.has(event) !== is?.has(event)))
        blame(`${key} ${shown.has(event) ? "should not charge" : "does not charge"} ${event}`);
      if (additive.includes(line.meter ?? "") && compared(found, expected) !== 0)
        blame(`${key} charges ${event} for ${textOf(found)}, not ${textOf(expected)}`);
    }
  }
}
