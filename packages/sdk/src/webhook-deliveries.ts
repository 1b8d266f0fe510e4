/** How a message to a webhook stands. */
export type WebhookDeliveryStatus = "pending" | "delivered" | "failed";

/** One attempt: what was answered, or why nothing was. */
export interface WebhookAttempt {
  readonly at: string;
  readonly durationMs: number;
  readonly statusCode?: number;
  readonly error?:
    | "address_refused"
    | "name_unknown"
    | "connection_failed"
    | "timed_out"
    | "redirected"
    | "url_refused";
  /** How the last attempt's answer begins. */
  readonly response?: string;
}

/** What became of a message at one webhook. */
export interface WebhookDelivery {
  readonly message: string;
  readonly endpoint: string;
  readonly type: string;
  readonly status: WebhookDeliveryStatus;
  readonly reason?: "exhausted" | "gone" | "disabled" | "deleted" | "expired";
  readonly attemptCount: number;
  /** The last 20, oldest first. */
  readonly attempts: readonly WebhookAttempt[];
  /** When the next attempt is due. */
  readonly nextAt?: string;
  readonly createdAt: string;
}

/** A message as it is sent, and what became of it at each webhook. */
export interface WebhookMessage {
  readonly id: string;
  readonly type: string;
  readonly createdAt: string;
  /** To the byte. */
  readonly body: string;
  readonly deliveries: readonly WebhookDelivery[];
}

/** Which messages are sent again: made from `from` on and before `to`. */
export interface WebhookReplay {
  readonly from: string;
  readonly to: string;
  readonly status?: "delivered" | "failed";
}
