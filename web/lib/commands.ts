import { apiAddress } from "./api.ts";

/** The command that sends one event. */
export function eventCommand(): string {
  return post(
    "POST",
    "/v1/events",
    `{"events": [{"id": "evt-1", "type": "request", "customer": "acme", "data": {"bytes": 5120}}]}`,
  );
}

/** The command that makes a meter. */
export function meterCommand(): string {
  return post("PUT", "/v1/meters/requests", `{"eventType": "request", "aggregation": "count", "name": "Requests"}`);
}

/** The command that makes a plan. */
export function planCommand(): string {
  const prices = `[{"meter": "requests", "model": "per_unit", "unitPrice": "0.0004"}]`;
  return post("PUT", "/v1/plans/standard", `{"currency": "USD", "interval": "month", "prices": ${prices}}`);
}

/** The command that settles everything up to a day. */
export function settleCommand(through: string): string {
  return post("POST", "/v1/settlements", `{"through": "${through}"}`);
}

/** The command that makes a webhook. */
export function webhookCommand(): string {
  return post("POST", "/v1/webhooks", `{"url": "https://hooks.example.com/farthing", "events": ["invoice.sealed"]}`);
}

function post(method: string, path: string, body: string): string {
  const idempotency = method === "POST" ? `  -H "Idempotency-Key: $(date +%s)" \\\n` : "";
  return `curl -X ${method} ${apiAddress()}${path} \\
  -H "Authorization: Bearer $FARTHING_KEY" \\
${idempotency}  -H "Content-Type: application/json" \\
  -d '${body}'`;
}
