import type { Json, Schemas } from "./open-api-schemas.ts";
import type { WebhookEvent } from "./webhook-events.ts";

const header = (name: string, description: string) => ({
  name,
  in: "header",
  required: true,
  description,
  schema: { type: "string" },
});

const headers = [
  header("webhook-id", "Names the message: a repeat has the same."),
  header("webhook-timestamp", "When the attempt was made, in whole seconds since 1970."),
  header("webhook-signature", "One signature or several, with a space between: `v1,<base64>` or `v1a,<base64>`."),
];

const responses = {
  "2XX": { description: "Taken." },
  410: { description: "The webhook is disabled, and told no more." },
  default: { description: "Not taken: it is sent again, ten times over three days." },
};

/** Describes what webhooks are sent. Source: OpenAPI 3.1.1, "webhooks"; Standard Webhooks. */
export function webhookOperations(events: Readonly<Record<string, WebhookEvent>>, schemas: Schemas): Json {
  const described = Object.entries(events).map(([type, { does, data }]) => {
    const schema = {
      type: "object",
      properties: {
        type: { const: type },
        timestamp: { type: "string", format: "date-time", description: "When it happened." },
        data: schemas.output(data),
      },
      required: ["type", "timestamp", "data"],
    };
    const requestBody = { required: true, content: { "application/json": { schema } } };
    return [type, { post: { summary: does, security: [], parameters: headers, requestBody, responses } }];
  });
  return Object.fromEntries(described);
}
