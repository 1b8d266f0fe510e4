import { newDelivery } from "./webhook-delivery.ts";
import { takes, type WebhookEndpoint, type WebhookId } from "./webhook-endpoint.ts";
import { type Cause, type WebhookMessage, webhookMessage } from "./webhook-message.ts";
import type { PublishStores } from "./webhook-ports.ts";

const atOnce = 16;

/** Who of those that take its type is told: all, all but one, or one alone, whatever it takes. */
export interface Audience {
  readonly except?: WebhookId;
  readonly only?: WebhookId;
}

/**
 * Tells a merchant's webhooks of a cause. Again, and at once, it is told once: its message is stored first, under an id made of
 * the cause, with those whom it goes to; whoever comes again makes the deliveries that are still missing.
 *
 * Where nobody takes its type, nothing is stored and nothing told.
 */
export async function publishMessage(
  stores: PublishStores,
  cause: Cause,
  audience: Audience = {},
): Promise<WebhookMessage | undefined> {
  const all = await stores.endpoints.endpoints(cause.merchant);
  return await publishTo(
    stores,
    cause,
    all.filter((one) => isMeant(one, cause, audience)),
  );
}

/** As `publishMessage`, for several causes of one merchant, whose webhooks are read once. */
export async function publishMessages(stores: PublishStores, causes: readonly Cause[]): Promise<void> {
  const [first] = causes;
  if (first === undefined) return;
  const all = await stores.endpoints.endpoints(first.merchant);
  for (let from = 0; from < causes.length; from += atOnce) {
    const some = causes.slice(from, from + atOnce);
    const publish = (cause: Cause) =>
      publishTo(
        stores,
        cause,
        all.filter((one) => isMeant(one, cause, {})),
      );
    await Promise.all(some.map(publish));
  }
}

function isMeant(endpoint: WebhookEndpoint, { type }: Cause, { except, only }: Audience): boolean {
  if (only !== undefined) return endpoint.id === only && endpoint.enabled;
  return endpoint.id !== except && takes(endpoint, type);
}

async function publishTo(
  { messages, deliveries, queue, clock }: PublishStores,
  cause: Cause,
  endpoints: readonly WebhookEndpoint[],
): Promise<WebhookMessage | undefined> {
  if (endpoints.length === 0) return undefined;
  const ids = endpoints.map(({ id }) => id);
  const message = await messages.createMessage(webhookMessage(cause, ids, clock.now()));
  for (const endpoint of message.endpoints) {
    const delivery = newDelivery(message, endpoint);
    // One that exists was asked for, or its schedule will.
    if ((await deliveries.createDelivery(delivery)) === "created") await queue.askToDeliver(delivery);
  }
  return message;
}
