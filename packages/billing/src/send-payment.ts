import { noMoney, type Picos } from "@farthing/money";
import type { Collection } from "./collection.ts";
import { changed, failed, unsendable, unsure, withdrawn, type writtenOff } from "./collection-plan.ts";
import { commit, type Step } from "./collection-step.ts";
import { ensureRailCustomer } from "./ensure-rail-customer.ts";
import { demandOf } from "./invoice-demand.ts";
import { invoiceId } from "./invoice-id.ts";
import type { FoundInvoice } from "./live-invoice.ts";
import { notePayment, noteRefusal, notYet } from "./note-payment.ts";
import { paymentMetadata } from "./payment-metadata.ts";
import { toRail } from "./rail-currency.ts";

/** Sends a payment that is due: whether and how much, whom from, with what; then asks for it and takes it. */
export async function sendPayment(step: Step, begun: Collection | undefined): Promise<Collection | undefined> {
  if (begun === undefined) return undefined;
  const { stores, rail, settings, now } = step;
  const found = await demandOf(stores, begun);
  if (found.due === noMoney) return endWithoutMoney(step, begun, withdrawn);
  const collection = found.due === begun.amount ? begun : await changeAmount(step, begun, found.due);
  if (collection?.status !== "sending") return collection;
  const amount = toRail(stores.currencies, collection.amount, collection.currency);
  if (!amount.ok) return commit(step, unsendable(collection, amount.error.code, settings, now));
  const customer = await ensureRailCustomer(stores, rail, collection);
  if (customer.kind !== "done") return notYet(step, collection, customer);
  const method = await rail.savedMethod(customer.value);
  if (method.kind !== "done") return notYet(step, collection, method);
  if (method.value === undefined) return commit(step, failed(collection, { outcome: "no_method" }, settings, now));
  const asked = await askForPayment(step, collection, { customer: customer.value, found });
  if (asked?.payment === undefined || asked.status !== "sending") return asked;
  return take(step, asked, { id: asked.payment, method: method.value });
}

async function take(step: Step, asked: Collection, order: { readonly id: string; readonly method: string }) {
  const taken = await step.rail.takePayment({ ...order, key: `${keyOf(asked)}:take` });
  if (taken.kind !== "refused" || !taken.final) return notePayment(step, asked, taken);
  // The method is none any more: the customer may save another.
  return commit(step, failed(asked, { outcome: "declined", code: taken.code }, step.settings, step.now));
}

/** Another amount is due than was asked for: the payment over the old one is closed, and there is none of the new one yet. */
async function changeAmount(step: Step, collection: Collection, due: Picos): Promise<Collection | undefined> {
  const over = (before: Collection) => changed(before, { amount: due, payment: undefined });
  if (collection.payment === undefined) return commit(step, { collection: over(collection) });
  const reply = await step.rail.closePayment(collection.payment, `${keyOf(collection)}:close`);
  if (reply.kind !== "done") return notYet(step, collection, reply);
  if (reply.value.status === "closed") return commit(step, { collection: over(collection) });
  return notePayment(step, { ...collection, status: "unknown" }, reply);
}

function keyOf(collection: Collection): string {
  return `${collection.merchant}:${invoiceId(collection)}:${collection.tries}`;
}

/** Asks for the invoice's payment, unless that was done, and notes which it is before it is taken. */
async function askForPayment(
  step: Step,
  collection: Collection,
  { customer, found }: { readonly customer: string; readonly found: FoundInvoice },
): Promise<Collection | undefined> {
  if (collection.payment !== undefined) return collection;
  const { stores, rail, now } = step;
  const { merchant, amount, currency } = collection;
  const issued = await stores.numbers.issued(merchant, collection);
  const description = issued === undefined ? invoiceId(collection) : `Invoice ${issued.number}`;
  const metadata = paymentMetadata(merchant, found);
  const key = `${keyOf(collection)}:ask`;
  const reply = await rail.createPayment({ customer, amount, currency, description, metadata, key });
  if (reply.kind === "unknown") return commit(step, { collection: unsure(collection, now) });
  if (reply.kind !== "done") return noteRefusal(step, collection, reply);
  return commit(step, { collection: changed(collection, { payment: reply.value.id }) });
}

/** Ends a collection without money, once its payment at the rail is closed for good; one that was taken after all is paid. */
export async function endWithoutMoney(
  step: Step,
  collection: Collection | undefined,
  end: typeof writtenOff,
): Promise<Collection | undefined> {
  if (collection === undefined) return undefined;
  if (collection.payment === undefined) return commit(step, end(collection, step.now));
  const reply = await step.rail.closePayment(collection.payment, `${keyOf(collection)}:close`);
  if (reply.kind !== "done") return notYet(step, collection, reply);
  if (reply.value.status === "closed") return commit(step, end(collection, step.now));
  return notePayment(step, { ...collection, status: "unknown" }, reply);
}
