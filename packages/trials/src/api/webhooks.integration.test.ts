import { createServer, type IncomingHttpHeaders } from "node:http";
import type { AddressInfo } from "node:net";
import type { Invoice, InvoiceSummary, Page, Settlement } from "@farthing/sdk";
import { Webhook } from "standardwebhooks";
import { afterAll, beforeAll, beforeEach, describe, expect, inject, test } from "vitest";
import { ApiWorld, type Problem, type Shop } from "./api-world.ts";

const start = "2026-06-10T12:00:00Z";
const minuteMs = 60_000;

interface Endpoint {
  readonly id: string;
  readonly url: string;
  readonly secret?: string;
  readonly enabled: boolean;
  readonly disabledReason?: string;
}

interface Delivery {
  readonly message: string;
  readonly type: string;
  readonly status: string;
  readonly reason?: string;
  readonly attemptCount: number;
  readonly attempts: readonly { readonly statusCode?: number; readonly response?: string; readonly error?: string }[];
  readonly nextAt?: string;
}

interface Said {
  readonly type: string;
  readonly data: Record<string, unknown>;
}

/** A merchant's server: checks each message as it comes with another's library, and answers each type with its statuses in order, then 200. */
class Receiver implements AsyncDisposable {
  /** The secrets, every one of which has to check a message. */
  readonly secrets: (string | undefined)[] = [];
  readonly statuses = new Map<string, number[]>();
  readonly ids: string[] = [];
  readonly said: Said[] = [];
  readonly bodies: string[] = [];
  readonly #server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () =>
      response.writeHead(this.#take(request.headers, Buffer.concat(chunks).toString())).end("seen"),
    );
  });

  #take(sent: IncomingHttpHeaders, body: string): number {
    const headers = Object.fromEntries(Object.entries(sent).map(([name, value]) => [name, String(value)]));
    for (const secret of this.secrets) new Webhook(secret ?? "").verify(body, headers);
    const said = JSON.parse(body) as Said;
    this.said.push(said);
    this.bodies.push(body);
    this.ids.push(headers["webhook-id"] ?? "");
    return this.statuses.get(said.type)?.shift() ?? 200;
  }

  async listen(): Promise<string> {
    await new Promise<void>((done) => this.#server.listen(0, "127.0.0.1", done));
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}/hook`;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((done) => this.#server.close(done));
  }
}

let world: ApiWorld;
let shop: Shop;
beforeAll(async () => {
  world = await ApiWorld.open(inject("dynamoEndpoint"), start);
});
afterAll(() => world[Symbol.asyncDispose]());
beforeEach(async () => {
  world.at(start);
  shop = await world.shop();
});

async function endpoint(url: string, more: object = {}): Promise<Endpoint> {
  const made = await shop.send<Endpoint>("POST", "/v1/webhooks", { url, ...more });
  expect(made.status).toBe(201);
  return made.json;
}

async function deliveries({ id }: Endpoint, query = ""): Promise<readonly Delivery[]> {
  return (await shop.send<Page<Delivery>>("GET", `/v1/webhooks/${id}/deliveries${query}`)).json.items;
}

/** Moves the calendar on, and fires the schedules of a minute. */
async function pass(ms: number): Promise<void> {
  world.at(Date.now() + ms);
  await world.fire("billing/tell-news");
  await world.fire("access/wake-deliveries");
}

/** Bills one charge, and answers with its invoice. */
async function billed(): Promise<InvoiceSummary> {
  await shop.send("PUT", "/v1/customers/ann", { currency: "USD" });
  const data = { amount: "5", currency: "USD" };
  await shop.send("POST", "/v1/events", { id: "c1", type: "charge", customer: "ann", time: start, data });
  world.at(Date.parse(start) + 60 * minuteMs);
  const through = "2026-06-10T13:00:00Z";
  const { json } = await shop.send<Settlement>("POST", "/v1/settlements", { through });
  await world.drain(2);
  const listed = await shop.send<Page<InvoiceSummary>>("GET", `/v1/invoices?settlement=${json.id}`);
  return listed.json.items[0] ?? expect.fail("no invoice");
}

describe("webhooks", () => {
  test("tell a server that fails twice of an invoice from its seal to its end", async () => {
    await using receiver = new Receiver();
    const made = await endpoint(await receiver.listen());
    receiver.secrets.push(made.secret);
    receiver.statuses.set("invoice.sealed", [500, 503]);
    const invoice = await billed();
    expect(await deliveries(made)).toMatchObject([{ type: "invoice.sealed", status: "pending", attemptCount: 1 }]);
    await pass(3 * minuteMs);
    await pass(10 * minuteMs);
    await pass(10 * minuteMs);
    const sealed = (await deliveries(made)).find(({ type }) => type === "invoice.sealed");
    expect(sealed).toMatchObject({ status: "delivered", attemptCount: 3 });
    expect(sealed?.attempts.map(({ statusCode }) => statusCode)).toEqual([500, 503, 200]);
    expect(sealed?.attempts.map(({ response }) => response)).toEqual([undefined, undefined, "seen"]);

    await shop.send<Invoice>("POST", `/v1/invoices/${invoice.id}/pay`, { reason: "by bank" });
    await pass(minuteMs);
    const { said, ids } = receiver;
    expect(new Set(said.map(({ type }) => type))).toEqual(
      new Set(["invoice.sealed", "settlement.done", "invoice.paid"]),
    );
    expect(said.at(-1)).toMatchObject({ type: "invoice.paid", data: { id: invoice.id, status: "paid", due: "0.00" } });
    const shown = await shop.send<Page<InvoiceSummary>>("GET", "/v1/invoices?customer=ann");
    expect(said.at(-1)?.data).toEqual(shown.json.items[0]);
    expect([ids.length, new Set(ids).size]).toEqual([5, 3]);
    for (let time = 0; time < 3; time++) await pass(60 * minuteMs);
    expect(ids).toHaveLength(5);
  });

  test("tell of a credit note as it is shown, and of no number that it has not yet", async () => {
    await using receiver = new Receiver();
    const made = await endpoint(await receiver.listen(), { events: ["credit_note.created"] });
    receiver.secrets.push(made.secret);
    const invoice = await billed();
    const body = { whole: true, reason: "wrong" };
    const note = await shop.send<Record<string, unknown>>("POST", `/v1/invoices/${invoice.id}/credit-notes`, body);
    expect(note.status).toBe(201);
    await pass(minuteMs);
    const { number: _number, ...shown } = note.json;
    expect(receiver.said).toMatchObject([{ type: "credit_note.created", data: shown }]);
  });

  test("are replayed one and all, and shown", async () => {
    await using receiver = new Receiver();
    const made = await endpoint(await receiver.listen(), { events: ["invoice.voided"] });
    receiver.secrets.push(made.secret);
    const test1 = await shop.send<{ id: string }>("POST", `/v1/webhooks/${made.id}/test`);
    expect(test1.status).toBe(202);
    await world.drain();
    const { id } = test1.json;
    expect(receiver.said).toMatchObject([{ type: "webhook.test", data: { webhook: made.id } }]);
    const again = await shop.send<Delivery>("POST", `/v1/webhooks/${made.id}/deliveries/${id}/replay`);
    expect(again).toMatchObject({ status: 202, json: { message: id, status: "pending" } });
    await world.drain();
    const range = { from: start, to: "2026-06-11T00:00:00Z" };
    const many = await shop.send("POST", `/v1/webhooks/${made.id}/replay`, range);
    expect(many).toMatchObject({ status: 202, json: { replayed: 1 } });
    await world.drain();
    expect(receiver.ids).toEqual([id, id, id]);
    const shown = await shop.send("GET", `/v1/webhooks/messages/${id}`);
    expect(shown.json).toMatchObject({ id, body: receiver.bodies[0], deliveries: [{ attemptCount: 3 }] });
    expect(await deliveries(made, "?status=failed")).toEqual([]);
  });

  test("rotate with two signatures, and are disabled by 410", async () => {
    await using receiver = new Receiver();
    const made = await endpoint(await receiver.listen());
    const { json: rotated } = await shop.send<Endpoint>("POST", `/v1/webhooks/${made.id}/rotate`);
    receiver.secrets.push(made.secret, rotated.secret);
    await shop.send("POST", `/v1/webhooks/${made.id}/test`);
    await world.drain();
    expect(receiver.said).toHaveLength(1);
    receiver.statuses.set("webhook.test", [410]);
    await shop.send("POST", `/v1/webhooks/${made.id}/test`);
    await world.drain();
    const gone = await shop.send<Endpoint>("GET", `/v1/webhooks/${made.id}`);
    expect(gone.json).toMatchObject({ enabled: false, disabledReason: "gone" });
    expect(await shop.send("POST", `/v1/webhooks/${made.id}/test`)).toMatchObject({
      status: 409,
      json: { code: "webhook_disabled" },
    });
  });

  test("never show a secret again", async () => {
    const made = await endpoint("https://hooks.example.com/");
    const pair = await endpoint("https://hooks.example.com/", { scheme: "v1a" });
    expect(pair).not.toHaveProperty("secret");
    const answers = [
      await shop.send("GET", "/v1/webhooks"),
      await shop.send("GET", `/v1/webhooks/${pair.id}`),
      await shop.send("PUT", `/v1/webhooks/${made.id}`, { description: "x" }),
      await shop.send("DELETE", `/v1/webhooks/${made.id}`),
    ];
    for (const { text, status } of answers) {
      expect(status).toBe(200);
      expect(text).not.toMatch(/whsec_|whsk_/);
    }
  });

  test.for([
    { url: "http://hooks.example.com/" },
    { url: "https://169.254.169.254/" },
    { url: "https://[::ffff:10.0.0.1]/" },
    { url: "https://user:pass@hooks.example.com/" },
    { url: "https://hooks.example.com:25/" },
  ])("refuse $url", async ({ url }) => {
    const refused = await shop.send<Problem & { detail: string }>("POST", "/v1/webhooks", { url });
    expect(refused).toMatchObject({ status: 422, json: { code: "invalid_webhook_url" } });
    expect(refused.json.detail).not.toContain("user:pass");
  });

  test("refuse the seventeenth, unknown types, and what another merchant has", async () => {
    const made = await endpoint("https://hooks.example.com/");
    const events = { url: "https://hooks.example.com/", events: ["invoice.exploded"] };
    expect((await shop.send<Problem>("POST", "/v1/webhooks", events)).json.code).toBe("invalid_request");
    for (let n = 1; n < 16; n++) await endpoint("https://hooks.example.com/");
    const many = await shop.send<Problem>("POST", "/v1/webhooks", { url: "https://hooks.example.com/" });
    expect(many).toMatchObject({ status: 409, json: { code: "too_many_webhooks" } });
    const stranger = await world.shop();
    for (const [method, path] of [
      ["GET", ""],
      ["DELETE", ""],
      ["POST", "/rotate"],
      ["POST", "/test"],
      ["GET", "/deliveries"],
    ] as const) {
      const refused = await stranger.send<Problem>(method, `/v1/webhooks/${made.id}${path}`);
      expect(refused).toMatchObject({ status: 404, json: { code: "not_found" } });
    }
    const range = { from: start, to: start };
    const none = await shop.send<Problem>("POST", `/v1/webhooks/${made.id}/replay`, range);
    expect(none).toMatchObject({ status: 422, json: { code: "invalid_range" } });
  });

  test("are managed by admins, and read by who may read", async () => {
    const made = await endpoint("https://hooks.example.com/");
    for (const role of ["ingest", "billing", "finance", "read"] as const) {
      const key = { key: shop.keys[role] };
      const write = await shop.send<Problem>("DELETE", `/v1/webhooks/${made.id}`, undefined, key);
      expect(write).toMatchObject({ status: 403, json: { code: "forbidden" } });
      const read = await shop.send("GET", `/v1/webhooks/${made.id}/deliveries`, undefined, key);
      expect(read.status).toBe(role === "read" ? 200 : 403);
    }
  });
});
