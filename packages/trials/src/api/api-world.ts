import { join } from "node:path";
import type { Role } from "@farthing/access";
import { createTestTables, testClient } from "@farthing/metering/dynamo-test-tables";
import { expect, vi } from "vitest";
import type { HttpHandler } from "../../../../functions/_kit/answering.ts";
import { gatewayRequest, lambdaContext, type Sent } from "../../../../functions/_kit/gateway.fixture.ts";
import type { QueueHandler } from "../../../../functions/_kit/queue.ts";
import type { ScheduleHandler } from "../../../../functions/_kit/schedule.ts";
import { allRoutes, type NamedRoute } from "../../../../functions/_routes/all.ts";
import { repository } from "../support/local-farthing.ts";
import { openQueueEndpoint, type QueueEndpoint } from "./queue-endpoint.ts";

/** What the API answered: its body as text and, where it is JSON, as a value that the test knows the shape of. */
export interface Answer<T> {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly text: string;
  readonly json: T;
}

/** What goes along with a request beside its method, address and body. */
export interface With {
  readonly key?: string | undefined;
  readonly headers?: Readonly<Record<string, string>>;
}

/** A merchant of the test's own, with its keys. */
export interface Shop {
  readonly id: string;
  readonly keys: Readonly<Record<Role, string>>;
  /** Sends a request with the admin key, unless another is named; `undefined` sends none. */
  send<T>(method: string, address: string, body?: unknown, more?: With): Promise<Answer<T>>;
}

/** A problem document of RFC 9457, as far as tests look at it. */
export interface Problem {
  readonly status: number;
  readonly code: string;
}

/** The product's functions over DynamoDB Local, without a network between: a request goes to the handler that its route names. */
export class ApiWorld implements AsyncDisposable {
  readonly #queues: QueueEndpoint;
  #merchants = 0;

  private constructor(queues: QueueEndpoint) {
    this.#queues = queues;
  }

  /** Makes tables of its own, and stops the calendar at a moment; only `at` moves it. */
  static async open(dynamoEndpoint: string, now: string): Promise<ApiWorld> {
    vi.useFakeTimers({ toFake: ["Date"], now: Date.parse(now) });
    const client = testClient(dynamoEndpoint);
    const tables = await createTestTables(client, `api-${process.pid}-${performance.now()}`.replace(/[^\w-]/g, "-"));
    client.destroy();
    const queues = await openQueueEndpoint();
    Object.assign(process.env, {
      AWS_ENDPOINT_URL_DYNAMODB: dynamoEndpoint,
      AWS_ENDPOINT_URL_SQS: queues.url,
      AWS_REGION: "us-east-1",
      AWS_ACCESS_KEY_ID: "local",
      AWS_SECRET_ACCESS_KEY: "local",
      FARTHING_JOURNAL_TABLE: tables.journal,
      FARTHING_LOG_TABLE: tables.log,
      FARTHING_REGISTRY_TABLE: tables.registry,
      FARTHING_ROLLS_QUEUE: queues.queueUrl("rolls"),
      FARTHING_SETTLEMENTS_QUEUE: queues.queueUrl("settlements"),
      FARTHING_BACKFILLS_QUEUE: queues.queueUrl("backfills"),
      FARTHING_DELIVERIES_QUEUE: queues.queueUrl("deliveries"),
      FARTHING_COLLECTIONS_QUEUE: queues.queueUrl("collections"),
      FARTHING_PUBLIC_URL: "https://api.example",
      FARTHING_WEBHOOKS_TO_LOOPBACK: "true",
    });
    return new ApiWorld(queues);
  }

  /** Moves the calendar. Functions forget what they keep for seconds when it moves by more. */
  at(time: string | number): void {
    vi.setSystemTime(typeof time === "number" ? time : Date.parse(time));
  }

  /** Opens a merchant. */
  async shop(): Promise<Shop> {
    const id = `shop-${++this.#merchants}`;
    const create =
      await handlerOf<(input: object, context: object) => Promise<Pick<Shop, "keys">>>("access/create-merchant");
    const { keys } = await create({ id, name: "Shop" }, lambdaContext());
    return { id, keys, send: (...words) => sendAs(keys.admin, ...words) };
  }

  /** Asks for the rolls of all hours that are over, and does them. */
  async roll(): Promise<void> {
    await this.fire("metering/plan-rolls");
  }

  /** Fires a schedule, and does everything that it asks for. */
  async fire(name: Schedule): Promise<void> {
    const handle = await handlerOf<ScheduleHandler>(name);
    await handle({ time: new Date().toISOString().replace(/\.\d+Z$/, "Z") }, lambdaContext());
    await this.drain();
  }

  /** Works off the queues until nothing waits, with each message handed out once or twice. */
  async drain(times: 1 | 2 = 1): Promise<void> {
    for (let message = this.#queues.take(); message !== undefined; message = this.#queues.take()) {
      const handle = await handlerOf<QueueHandler>(consumers[message.queue] ?? message.queue);
      const record = { messageId: message.id, body: message.body } as Parameters<QueueHandler>[0]["Records"][number];
      for (let time = 0; time < times; time++)
        expect(await handle({ Records: [record] }, lambdaContext())).toEqual({ batchItemFailures: [] });
    }
  }

  /** Loses every message that waits. */
  lose(): void {
    while (this.#queues.take() !== undefined);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    vi.useRealTimers();
    await this.#queues.close();
  }
}

/** The schedules that tests fire. */
type Schedule =
  | "access/wake-deliveries"
  | "billing/check-conservation"
  | "billing/plan-collections"
  | "billing/plan-reconciliations"
  | "billing/plan-settlements"
  | "billing/tell-news"
  | "metering/plan-backfills"
  | "metering/plan-rolls"
  | "metering/plan-sweeps";

/** Which function works a queue off. */
const consumers: Readonly<Record<string, string>> = {
  rolls: "metering/roll-shard",
  settlements: "billing/settle",
  backfills: "metering/work-backfill",
  deliveries: "access/deliver",
  collections: "billing/collect",
};

async function sendAs<T>(
  admin: string,
  method: string,
  address: string,
  body?: unknown,
  more: With = {},
): Promise<Answer<T>> {
  const [path = "", query = ""] = address.split("?");
  const { route, parameters } = routeOf(method, path);
  const key = "key" in more ? more.key : admin;
  const { headers = {} } = more;
  const sent: Sent = { method, path, parameters, query, key, headers, body };
  const handle = await handlerOf<HttpHandler>(fileOf(route));
  const reply = await handle(gatewayRequest(sent), lambdaContext());
  const isJson = /^application\/(problem\+)?json/.test(reply.headers["content-type"] ?? "");
  const json = (isJson ? JSON.parse(reply.body) : undefined) as T;
  return { status: reply.statusCode, headers: reply.headers, text: reply.body, json };
}

/** The route that a request goes to, as the gateway would find it. */
function routeOf(method: string, path: string): { route: NamedRoute; parameters: Readonly<Record<string, string>> } {
  // A plain path goes before one with a parameter in its place.
  const plainFirst = allRoutes.toSorted((a, b) => a.route.split("{").length - b.route.split("{").length);
  for (const route of plainFirst) {
    const [verb, pattern = ""] = route.route.split(" ");
    const found = new RegExp(`^${pattern.replaceAll(/\{(\w+)\}/g, "(?<$1>[^/]+)")}$`).exec(path);
    if (verb === method && found !== null) return { route, parameters: { ...found.groups } };
  }
  throw new Error(`no route takes ${method} ${path}`);
}

function fileOf({ domain, name }: NamedRoute): string {
  return `${domain}/${name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
}

async function handlerOf<H>(name: string): Promise<H> {
  const { handler } = (await import(/* @vite-ignore */ join(repository, "functions", `${name}.ts`))) as { handler: H };
  return handler;
}
