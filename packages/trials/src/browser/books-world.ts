import { once } from "node:events";
import { createServer, type Server } from "node:http";
import { setTimeout as wait } from "node:timers/promises";
import { type CollectionStatus, FarthingClient, type Invoice, type Webhook, type WebhookDelivery } from "@farthing/sdk";
import type { RunningCloud } from "./running-cloud.ts";

/** A receiver of webhooks that answers 204, and notes the ids of the messages that came. */
export interface Receiver extends AsyncDisposable {
  readonly url: string;
  readonly messages: readonly string[];
}

/** What the books' pages are tested on: an invoice that was paid outside and given back, one past due, a draft, and a webhook that was told. */
export interface BooksWorld {
  readonly api: FarthingClient;
  readonly customer: string;
  readonly invoice: Invoice;
  /** Too small for the payment provider, so that it was past due at once. */
  readonly late: Invoice;
  readonly webhook: Webhook;
  readonly delivery: WebhookDelivery;
}

/** Starts a receiver on a free port of this machine. */
export async function startReceiver(): Promise<Receiver> {
  const messages: string[] = [];
  const server = createServer((request, response) => {
    messages.push(String(request.headers["webhook-id"]));
    request.resume().on("end", () => response.writeHead(204).end());
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  return { url: `http://127.0.0.1:${portOf(server)}/hook`, messages, [Symbol.asyncDispose]: () => close(server) };
}

/** Makes the world through the API alone. */
export async function makeBooks({ api: url, keys }: RunningCloud, receiver: Receiver): Promise<BooksWorld> {
  const api = new FarthingClient({ key: keys.admin, url });
  await api.merchant.put({ collection: { retryDays: [1, 3, 5, 7], writeOffDays: 30 } });
  const customer = `books-${process.pid}-${Date.now()}`;
  const webhook = await api.webhooks.create({
    url: receiver.url,
    events: ["invoice.paid"],
    description: "Bookkeeping",
  });
  const sealed = await seal(api, customer, "12.3456");
  await tried(api, sealed, "declined");
  await api.invoices.pay(sealed, { reason: "Bank transfer", reference: "BT-7" });
  await api.creditNotes.create(sealed, { whole: true, as: "refund", reason: "Charged by mistake" });
  await charge(api, customer, "0.0004");
  const small = await seal(api, `${customer}-small`, "0.33");
  await tried(api, small, "past_due");
  await api.ledger.close(new Date(Date.now() - 60_000).toISOString());
  const delivery = await delivered(api, webhook.id);
  const [invoice, late] = await Promise.all([api.invoices.get(sealed), api.invoices.get(small)]);
  return { api, customer, invoice, late, webhook, delivery };
}

async function seal(api: FarthingClient, customer: string, amount: string): Promise<string> {
  await api.customers.put(customer, { currency: "USD", paymentTermsDays: 14, timezone: "UTC" });
  await charge(api, customer, amount);
  const { id } = await api.settlements.create({ through: new Date().toISOString(), customers: [customer] });
  await api.settlements.wait(id, { timeoutMs: 120_000 });
  const [sealed] = (await api.invoices.list({ customer })).items;
  if (sealed === undefined) throw new Error("the settlement sealed no invoice");
  return sealed.id;
}

/** Waits until the payment provider was asked for an invoice, or could not be. */
async function tried(api: FarthingClient, invoice: string, status: CollectionStatus): Promise<void> {
  await until(`the invoice is not ${status}`, async () => {
    const collection = await api.invoices.collection(invoice).catch(() => undefined);
    return collection?.status === status || undefined;
  });
}

async function charge(api: FarthingClient, customer: string, amount: string): Promise<void> {
  const time = new Date(Date.now() - 1_000).toISOString();
  const event = {
    id: `${customer}-${amount}`,
    type: "charge",
    customer,
    time,
    data: { amount, currency: "USD", description: "One report" },
  };
  const { rejectedCount } = await api.events.send([event]);
  if (rejectedCount > 0) throw new Error("the charge was refused");
}

function delivered(api: FarthingClient, webhook: string): Promise<WebhookDelivery> {
  return until("the webhook was not told", async () => {
    return (await api.webhooks.deliveries(webhook, { status: "delivered" })).items[0];
  });
}

async function until<T>(failure: string, ask: () => Promise<T | undefined>): Promise<T> {
  for (const end = Date.now() + 120_000; Date.now() < end; await wait(500)) {
    const found = await ask();
    if (found !== undefined) return found;
  }
  throw new Error(failure);
}

function portOf(server: Server): number {
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("the receiver has no port");
  return address.port;
}

async function close(server: Server): Promise<void> {
  server.closeAllConnections();
  server.close();
  await once(server, "close");
}
