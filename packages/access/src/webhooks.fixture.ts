import { type AccessFixture, accessFixture } from "./access.fixture.ts";
import { memoryDeliveryQueue, memoryWebhooks } from "./memory-webhooks.ts";
import type { Attempt } from "./webhook-delivery.ts";
import { type WebhookEndpoint, webhookId } from "./webhook-endpoint.ts";
import { webhookKeys } from "./webhook-keys.ts";
import type { DeliverStores, WebhookRequest, WebhookStores } from "./webhook-ports.ts";

let made = 0;

/** A webhook of a merchant, unlike every other. */
export function webhookFixture(more: Pick<WebhookEndpoint, "merchant"> & Partial<WebhookEndpoint>): WebhookEndpoint {
  made += 1;
  const bytes = new Uint8Array(32).fill(made % 256);
  const named = { id: webhookId(made, bytes.subarray(0, 12)), url: `https://hooks.example.com/${made}` };
  const times = { createdAt: made, updatedAt: made };
  return { ...named, ...times, scheme: "v1", ...webhookKeys("v1", bytes), enabled: true, revision: 0, ...more };
}

/** How a receiver in memory answers: with a status, or not at all. */
export type Answering = (request: WebhookRequest) => Omit<Attempt, "at" | "durationMs">;

/** Webhooks in memory, whose receivers a test speaks for. */
export type WebhookWorld = WebhookStores &
  DeliverStores &
  AccessFixture & {
    readonly queue: ReturnType<typeof memoryDeliveryQueue>;
    /** What was sent, in order. */
    readonly sent: WebhookRequest[];
    answer(answering: Answering): void;
  };

/** A world whose receivers answer 200 until told otherwise. */
export function webhookWorld(): WebhookWorld {
  const sent: WebhookRequest[] = [];
  let answering: Answering = () => ({ statusCode: 200 });
  return {
    ...accessFixture(),
    ...memoryWebhooks(),
    queue: memoryDeliveryQueue(),
    targets: { loopback: false },
    sent,
    answer: (next) => {
      answering = next;
    },
    sender: {
      send: async (request) => {
        sent.push(request);
        return { durationMs: 5, ...answering(request) };
      },
    },
  };
}
