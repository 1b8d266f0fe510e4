import { once } from "node:events";
import { createServer, type Server } from "node:http";
import { FarthingClient, type Invoice, type Webhook, type WebhookDelivery } from "@farthing/sdk";
import type { RunningCloud } from "./running-cloud.ts";

/** A receiver of webhooks that answers 204, and notes the ids of the messages that came. */
export interface Receiver extends AsyncDisposable {
  readonly url: string;
  readonly messages: readonly string[];
}

/** What the books' pages are tested on: an invoice that was paid and given back in part, a draft, and a webhook that was told. */
export interface BooksWorld {
  readonly api: FarthingClient;
  readonly customer: string;
  readonly invoice: Invoice;
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
  const customer = `books-${process.pid}-${Date.now()}`;
  await api.customers.put(customer, { currency: "USD", paymentTermsDays: 14, timezone: "UTC" });
  const webhook = await api.webhooks.create({
    url: receiver.url,
    events: ["invoice.paid"],
    description: "Bookkeeping",
  });
  await charge(api, customer, "12.3456");
  const { id } = await api.settlements.create({ through: new Date().toISOString(), customers: [customer] });
  await api.settlements.wait(id, { timeoutMs: 120_000 });
  const [sealed] = (await api.invoices.list({ customer })).items;
  if (sealed === undefined) throw new Error("the settlement sealed no invoice");
  await api.invoices.pay(sealed.id, { reason: "Bank transfer", reference: "BT-7" });
  await api.creditNotes.create(sealed.id, { whole: true, as: "refund", reason: "Charged by mistake" });
  await charge(api, customer, "0.0004");
  await api.ledger.close(new Date(Date.now() - 60_000).toISOString());
  const delivery = await delivered(api, webhook.id);
  return { api, customer, invoice: await api.invoices.get(sealed.id), webhook, delivery };
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

async function delivered(api: FarthingClient, webhook: string): Promise<WebhookDelivery> {
  for (const end = Date.now() + 120_000; Date.now() < end; ) {
    const [delivery] = (await api.webhooks.deliveries(webhook, { status: "delivered" })).items;
    if (delivery !== undefined) return delivery;
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
  throw new Error("the webhook was not told");
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
