import type { Script } from "./script.ts";
import { showHappening } from "./show-payment.ts";
import { signatureOf } from "./signature.ts";
import type { Happening } from "./things.ts";

/** Where webhooks go. */
export interface Endpoint {
  /** In it `{merchant}` stands for what the metadata of the thing says; what has none is sent nowhere. */
  readonly url: string;
  /** The secrets that sign; two during a rotation. */
  readonly secrets: readonly string[];
}

/** A webhook on its way, as it is posted. */
export interface Webhook {
  readonly url: string;
  readonly body: string;
  readonly signature: string;
}

interface Delivery {
  readonly happening: Happening;
  readonly dueMs: number;
  readonly tries: number;
}

/** The webhooks on their way. */
export interface Deliveries {
  send(happening: Happening): void;
  point(endpoint: Endpoint): void;
  /** Hands those that are due out, and takes back what was not received, for later. */
  deliver(post: (webhook: Webhook) => Promise<boolean>): Promise<void>;
  waiting(): number;
}

const hourMs = 3_600_000;
/** How long a late webhook takes. */
const lateMs = 3 * 24 * hourMs;
const mostTries = 16;

/** How long until the next try: a second at first, six hours at most. */
function backOffMs(tries: number): number {
  return Math.min(6 * hourMs, 1000 * 4 ** tries);
}

function addressOf({ url }: Endpoint, { object }: Happening): string | undefined {
  if (!url.includes("{merchant}")) return url;
  const { metadata } = Object(object);
  const merchant: unknown = Object(metadata).merchant;
  return typeof merchant === "string" ? url.replace("{merchant}", encodeURIComponent(merchant)) : undefined;
}

/** Webhooks on their way to one endpoint; the script says which of them go astray. */
export function openDeliveries(clock: { now(): number }, script: Script): Deliveries {
  let endpoint: Endpoint | undefined;
  let waiting: readonly Delivery[] = [];
  const attempt = async (delivery: Delivery, to: Endpoint, post: (webhook: Webhook) => Promise<boolean>) => {
    const body = JSON.stringify(showHappening(delivery.happening), null, 2);
    const signature = signatureOf(body, to.secrets, Math.floor(clock.now() / 1000));
    const url = addressOf(to, delivery.happening);
    if (url === undefined || (await post({ url, body, signature }))) return;
    const tries = delivery.tries + 1;
    if (tries < mostTries) waiting = [...waiting, { ...delivery, tries, dueMs: clock.now() + backOffMs(tries) }];
  };
  return {
    send(happening) {
      const fault = script.deliveryFaultOf(happening.type);
      const one = { happening, dueMs: clock.now() + (fault === "late" ? lateMs : 0), tries: 0 };
      const copies = fault === "never" ? [] : fault === "twice" ? [one, one] : [one];
      waiting = [...waiting, ...copies];
    },
    point: (to) => {
      endpoint = to;
    },
    async deliver(post) {
      if (endpoint === undefined) return;
      const due = waiting.filter(({ dueMs }) => dueMs <= clock.now());
      waiting = waiting.filter(({ dueMs }) => dueMs > clock.now());
      for (const delivery of due) await attempt(delivery, endpoint, post);
    },
    waiting: () => waiting.length,
  };
}
