import type { WebhookDelivery } from "@farthing/sdk";

const soonMs = 60_000;

/** What the last attempt came to: the code that was answered, or why nothing was. */
export function lastAnswer({ attempts }: Pick<WebhookDelivery, "attempts">): string | undefined {
  const last = attempts.at(-1);
  return last === undefined ? undefined : answerWords(last);
}

/** What one attempt came to. */
export function answerWords({ statusCode, error }: WebhookDelivery["attempts"][number]): string {
  return [statusCode, error?.replaceAll("_", " ")].filter((part) => part !== undefined).join(" ");
}

/** Whether an attempt is so near that a reader may wait for it. */
export function isSoon(nextAt: string | undefined, now: string): boolean {
  return nextAt !== undefined && Date.parse(nextAt) - Date.parse(now) < soonMs;
}
