import { globSync } from "node:fs";
import { join } from "node:path";
import { WebhookEventType } from "@farthing/access";
import * as v from "valibot";
import { describe, expect, test } from "vitest";
import { allRoutes } from "../_routes/all.ts";
import { openApi } from "./open-api.ts";
import { codesOf } from "./open-api-operation.ts";
import { route } from "./route.ts";
import { webhookEvents } from "./webhook-events.ts";

const functions = join(import.meta.dirname, "..");
const files = globSync("*/*.ts", { cwd: functions }).filter(
  (file) => !file.startsWith("_") && !file.includes(".test."),
);
const camel = (verb: string) => verb.replace(/-(.)/g, (_, letter: string) => letter.toUpperCase());

interface Operation {
  readonly operationId: string;
  readonly responses: Readonly<Record<string, unknown>>;
}
type Document = {
  readonly webhooks: object;
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
};

const document = openApi(allRoutes, webhookEvents) as unknown as Document;

/** Every `$ref` of a document. */
function refsOf(value: unknown): readonly string[] {
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => (key === "$ref" ? [String(inner)] : refsOf(inner)));
}

describe("the API's document", () => {
  test.for(files)("describes what %s answers", async (file) => {
    const { handler } = (await import(join(functions, file))) as { handler: { route?: { route: string } } };
    const declared = handler.route?.route;
    if (declared === undefined || declared === "$default") return;
    const [method = "", path = ""] = declared.split(" ");
    const operation = document.paths[path]?.[method.toLowerCase()];
    expect(operation?.operationId).toBe(camel(file.split("/")[1]?.replace(".ts", "") ?? ""));
  });

  test("has a handler for each of its operations", () => {
    const handled = files.map((file) => camel(file.replace(".ts", "")));
    for (const { domain, name } of allRoutes) expect(handled).toContain(`${domain}/${name}`);
  });

  test("names each failure that its routes can end in", () => {
    for (const each of allRoutes) {
      const [method = "", path = ""] = each.route.split(" ");
      const responses = JSON.stringify(document.paths[path]?.[method.toLowerCase()]?.responses);
      for (const code of codesOf(each)) expect(responses).toContain(`"${code}"`);
    }
  });

  test("refers to nothing that it does not hold", () => {
    for (const ref of refsOf(document)) {
      const found = ref
        .slice(2)
        .split("/")
        .reduce<unknown>((at, step) => (at as Record<string, unknown>)?.[step], document);
      expect(found, ref).toBeDefined();
    }
  });

  test("has each path and each operation once", () => {
    expect(new Set(allRoutes.map((each) => each.route)).size).toBe(allRoutes.length);
    expect(new Set(allRoutes.map((each) => each.name)).size).toBe(allRoutes.length);
  });

  test("tells of every message that webhooks are sent, with what it holds", () => {
    expect(Object.keys(document.webhooks).sort()).toEqual([...WebhookEventType.options].sort());
    expect(document.webhooks).toMatchObject({
      "invoice.paid": {
        post: {
          parameters: [{ name: "webhook-id" }, { name: "webhook-timestamp" }, { name: "webhook-signature" }],
          requestBody: {
            content: {
              "application/json": {
                schema: {
                  properties: {
                    type: { const: "invoice.paid" },
                    data: { $ref: "#/components/schemas/InvoiceSummary" },
                  },
                  required: ["type", "timestamp", "data"],
                },
              },
            },
          },
          responses: { "2XX": {}, 410: {} },
        },
      },
    });
  });

  test("is plain JSON", () => {
    expect(JSON.parse(JSON.stringify(document))).toEqual(document);
  });
});

test("a route becomes an operation", () => {
  const Thing = v.pipe(v.object({ id: v.string() }), v.title("Thing"));
  const put = route({
    route: "PUT /v1/things/{id}",
    does: "Stores a thing.",
    roles: ["billing"],
    path: v.strictObject({ id: v.pipe(v.string(), v.transform(Number)) }),
    query: v.strictObject({ dry: v.optional(v.picklist(["yes", "no"])) }),
    body: v.strictObject({ name: v.pipe(v.string(), v.maxLength(9)) }),
    answer: Thing,
    errors: ["unknown_plan"],
  });
  const { paths, components } = openApi([{ ...put, name: "putThing", domain: "things" }]);
  expect(paths).toMatchObject({
    "/v1/things/{id}": {
      put: {
        operationId: "putThing",
        security: [{ apiKey: ["billing"] }, { apiKey: ["admin"] }],
        parameters: [
          { name: "id", in: "path", required: true, schema: { type: "string" } },
          { name: "dry", in: "query", required: false, schema: { enum: ["yes", "no"] } },
        ],
        requestBody: {
          content: {
            "application/json": { schema: { properties: { name: { maxLength: 9 } }, additionalProperties: false } },
          },
        },
        responses: {
          200: { content: { "application/json": { schema: { $ref: "#/components/schemas/Thing" } } } },
          422: { description: expect.stringContaining("Unknown plan") },
        },
      },
    },
  });
  expect(components).toMatchObject({
    schemas: { Thing: { properties: { id: { type: "string" } }, required: ["id"] } },
  });
});

test("two schemas of one title are refused", () => {
  const titled = () => v.pipe(v.object({}), v.title("Thing"));
  const get = (path: `/${string}`) =>
    route({ route: `GET ${path}`, does: "", roles: "any", answer: titled(), errors: [] });
  const named = [get("/a"), get("/b")].map((each, index) => ({ ...each, name: `n${index}`, domain: "d" }));
  expect(() => openApi(named)).toThrow(/two schemas/);
});
