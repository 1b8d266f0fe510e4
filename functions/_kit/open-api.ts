import { operation } from "./open-api-operation.ts";
import { type Json, schemasOf } from "./open-api-schemas.ts";
import { webhookOperations } from "./open-api-webhooks.ts";
import { problems } from "./problems.ts";
import type { Route } from "./route.ts";
import type { WebhookEvent } from "./webhook-events.ts";

const problem = {
  title: "Problem",
  description: "A failure, as RFC 9457 writes it.",
  type: "object",
  properties: {
    type: { type: "string", format: "uri" },
    title: { type: "string" },
    status: { type: "integer" },
    code: { type: "string", enum: Object.keys(problems) },
    detail: { type: "string" },
    retryable: { type: "boolean", description: "Whether the same request may succeed when it is sent again." },
    requestId: { type: "string" },
    errors: {
      type: "array",
      items: {
        type: "object",
        properties: { path: { type: "string" }, message: { type: "string" } },
        required: ["path", "message"],
      },
    },
  },
  required: ["type", "title", "status", "code", "detail", "retryable"],
};

const parameters = {
  limit: {
    name: "limit",
    in: "query",
    description: "How many items a page has at most.",
    schema: { type: "integer", minimum: 1, maximum: 500, default: 50 },
  },
  cursor: {
    name: "cursor",
    in: "query",
    description: "The `nextCursor` of the page before.",
    schema: { type: "string" },
  },
  idempotencyKey: {
    name: "Idempotency-Key",
    in: "header",
    description: "A repeat with the same key and content gets the same answer, for 40 days.",
    schema: { type: "string", minLength: 1, maxLength: 255 },
  },
};

const apiKey = { type: "http", scheme: "bearer", description: "An API key: `frt_live_…` or `frt_test_…`." };

/** Makes the API's document from its routes and from what webhooks are sent. Source: OpenAPI 3.1.1. */
export function openApi(
  routes: readonly (Route & { readonly name: string; readonly domain: string })[],
  events: Readonly<Record<string, WebhookEvent>> = {},
): Json {
  const schemas = schemasOf(routes);
  const paths: Record<string, Record<string, Json>> = {};
  for (const route of routes) {
    const [method = "", path = ""] = route.route.split(" ");
    paths[path] = { ...paths[path], [method.toLowerCase()]: operation(route, schemas) };
  }
  return {
    openapi: "3.1.1",
    info: {
      title: "Farthing",
      version: "1",
      description: "Meters usage that is worth fractions of a cent, and bills it in whole, settled invoices.",
    },
    servers: [{ url: "/" }],
    security: [{ apiKey: [] }],
    tags: [...new Set(routes.map(({ domain }) => domain))].map((name) => ({ name })),
    paths,
    webhooks: webhookOperations(events, schemas),
    components: {
      schemas: { ...schemas.components, Problem: problem },
      parameters,
      securitySchemes: { apiKey },
    },
  };
}
