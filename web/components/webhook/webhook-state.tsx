import type { Webhook } from "@farthing/sdk";
import { Status } from "@/components/status.tsx";

/** Whether a webhook is told anything, and whether that works. */
export function WebhookState({ webhook: { enabled, failingSince } }: { readonly webhook: Webhook }) {
  if (!enabled) return <Status status="disabled" />;
  return <Status status={failingSince === undefined ? "enabled" : "failing"} />;
}
