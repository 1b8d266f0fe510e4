import { join } from "node:path";
import { CreateTableCommand, DynamoDBClient } from "@aws-sdk/client-dynamodb";
import type { Role } from "@farthing/access";
import { afterAll, beforeAll, describe, expect, inject, test } from "vitest";
import type { HttpHandler } from "../_kit/answering.ts";
import { gatewayRequest, lambdaContext, type Sent } from "../_kit/gateway.fixture.ts";

const table = `functions-access-${process.pid}-${Date.now()}`;
Object.assign(process.env, {
  AWS_ENDPOINT_URL_DYNAMODB: inject("dynamoEndpoint"),
  AWS_REGION: "us-east-1",
  AWS_ACCESS_KEY_ID: "local",
  AWS_SECRET_ACCESS_KEY: "local",
  FARTHING_REGISTRY_TABLE: table,
  POWERTOOLS_LOG_LEVEL: "SILENT",
});

const client = new DynamoDBClient({});

beforeAll(async () => {
  const attribute = (AttributeName: string) => ({ AttributeName, AttributeType: "S" as const });
  await client.send(
    new CreateTableCommand({
      TableName: table,
      BillingMode: "PAY_PER_REQUEST",
      AttributeDefinitions: [attribute("pk"), attribute("sk")],
      KeySchema: [
        { AttributeName: "pk", KeyType: "HASH" },
        { AttributeName: "sk", KeyType: "RANGE" },
      ],
    }),
  );
});
afterAll(() => client.destroy());

async function send(verb: string, sent: Sent) {
  const { handler } = (await import(/* @vite-ignore */ join(import.meta.dirname, `${verb}.ts`))) as {
    handler: HttpHandler;
  };
  const reply = await handler(gatewayRequest(sent), lambdaContext());
  return { status: reply.statusCode, headers: reply.headers, json: JSON.parse(reply.body) };
}

async function merchant(id: string, more: object = {}) {
  const { handler } = await import("./create-merchant.ts");
  return (await handler({ id, name: "Demo", ...more }, lambdaContext())) as {
    merchant: object;
    keys: Readonly<Record<Role, string>> | null;
  };
}

async function keysOf(id: string): Promise<Readonly<Record<Role, string>>> {
  return (await merchant(id)).keys ?? expect.fail("no keys");
}

describe("merchants", () => {
  test("are made once, and their secrets are told to nobody", async () => {
    const first = await merchant("once", { timezone: "Europe/Paris", currency: "EUR" });
    expect(first).toEqual({
      merchant: { id: "once", name: "Demo", timezone: "Europe/Paris", currency: "EUR" },
      keys: expect.objectContaining({ admin: expect.stringMatching(/^frt_test_/) }),
    });
    expect(await merchant("once", { name: "Other" })).toEqual({ merchant: first.merchant, keys: null });
    const key = first.keys?.finance;
    expect((await send("get-merchant", { key })).json).toEqual({ ...first.merchant, roles: ["finance"] });
  });

  test("refuse what is no merchant", async () => {
    await expect(merchant("a#b")).rejects.toThrow(/^id: /);
    await expect(merchant("ok", { timezone: "Mars" })).rejects.toThrow(/^timezone: /);
  });
});

describe("keys", () => {
  test("are made, listed and revoked", async () => {
    const keys = await keysOf("life");
    const body = { roles: ["ingest"], name: "collector", expiresAt: "2099-01-01T00:00:00Z" };
    const made = await send("create-key", { method: "POST", key: keys.admin, body });
    expect(made).toMatchObject({ status: 201, json: { name: "collector", expiresAt: "2099-01-01T00:00:00.000Z" } });
    expect((await send("get-merchant", { key: made.json.key })).json).toMatchObject({ id: "life", roles: ["ingest"] });

    const { key: text, ...shown } = made.json;
    const listed = await send("list-keys", { key: keys.admin, query: "limit=2" });
    expect(listed.json.items[0]).toEqual(shown);
    expect(JSON.stringify(listed.json)).not.toContain(text);
    const rest = await send("list-keys", { key: keys.admin, query: `cursor=${listed.json.nextCursor}` });
    expect(rest.json.items).toHaveLength(4);

    const revoke = { method: "DELETE", parameters: { id: shown.id }, key: keys.admin };
    const revoked = await send("revoke-key", revoke);
    expect(revoked).toMatchObject({ status: 200, json: { id: shown.id, revokedAt: expect.any(String) } });
    expect((await send("revoke-key", revoke)).json).toEqual(revoked.json);
  });

  test("with an idempotency key are made once", async () => {
    const keys = await keysOf("repeat");
    const post = (body: object) =>
      send("create-key", { method: "POST", key: keys.admin, body, headers: { "idempotency-key": "k #1" } });
    const first = await post({ roles: ["read"] });
    expect((await post({ roles: ["read"] })).json).toEqual(first.json);
    expect((await post({ roles: ["admin"] })).json).toMatchObject({ status: 409, code: "idempotency_conflict" });
    expect((await send("list-keys", { key: keys.admin })).json.items).toHaveLength(6);
  });

  test.for([
    { body: { roles: [] }, code: "invalid_request" },
    { body: { roles: ["root"] }, code: "invalid_request" },
    { body: { roles: ["read", "read"] }, code: "invalid_request" },
    { body: { roles: ["read"], merchant: "other" }, code: "invalid_request" },
    { body: { roles: ["read"], expiresAt: "2020-01-01T00:00:00Z" }, code: "expiry_in_past" },
  ])("are refused for $body", async ({ body, code }) => {
    const { admin } = await keysOf(`refuse-${code}-${JSON.stringify(body).length}`);
    expect((await send("create-key", { method: "POST", key: admin, body })).json).toMatchObject({ status: 422, code });
  });

  test("need the role admin", async () => {
    const keys = await keysOf("roles");
    for (const verb of ["create-key", "list-keys", "revoke-key"]) {
      for (const role of ["ingest", "read", "billing", "finance"] as const) {
        const reply = await send(verb, { key: keys[role], parameters: { id: "x" } });
        expect(reply.json).toMatchObject({ status: 403, needs: ["admin"] });
      }
    }
  });

  test("of another merchant are not found; one's own is not revoked", async () => {
    const [mine, theirs] = [await keysOf("mine"), await keysOf("theirs")];
    const { items } = (await send("list-keys", { key: theirs.admin })).json;
    const foreign = { method: "DELETE", parameters: { id: items[0].id }, key: mine.admin };
    expect((await send("revoke-key", foreign)).json).toMatchObject({ status: 404, code: "not_found" });
    const own = items.find((key: { roles: string[] }) => key.roles.includes("admin"));
    const itself = { method: "DELETE", parameters: { id: own.id }, key: theirs.admin };
    expect((await send("revoke-key", itself)).json).toMatchObject({ status: 409, code: "own_key" });
  });
});

test("what no route takes is told apart", async () => {
  expect((await send("not-found", { method: "GET", path: "/v1/nothing" })).json).toMatchObject({ code: "not_found" });
  const wrong = await send("not-found", { method: "PATCH", path: "/v1/keys" });
  expect(wrong).toMatchObject({ status: 405, headers: { allow: "POST, GET" }, json: { code: "method_not_allowed" } });
});

test("the API describes itself to everyone", async () => {
  expect((await send("describe-api", {})).json).toMatchObject({ openapi: "3.1.1", paths: { "/v1/keys": {} } });
});
