import { createHash } from "node:crypto";
import { err, ok } from "@farthing/money";
import * as v from "valibot";
import { beforeEach, describe, expect, test, vi } from "vitest";
import { FileAnswer } from "./file-answer.ts";
import { type GateFixture, gateFixture } from "./gate.fixture.ts";
import { gatewayRequest, lambdaContext, type Sent } from "./gateway.fixture.ts";
import { httpBehind } from "./http.ts";
import { log } from "./log.ts";
import { type Route, route, type UseCase } from "./route.ts";

let at: GateFixture;
const lines: unknown[][] = [];

beforeEach(async () => {
  at = await gateFixture();
  lines.length = 0;
  for (const level of ["info", "error"] as const)
    vi.spyOn(log, level).mockImplementation((...line) => void lines.push(line));
  vi.spyOn(console, "log").mockImplementation(() => {});
});

async function send<R extends Route>(declared: R, useCase: UseCase<R>, sent: Sent) {
  const reply = await httpBehind(() => at.gate, declared, useCase)(gatewayRequest(sent), lambdaContext());
  const type = reply.headers["content-type"] ?? "";
  return { ...reply, json: /\bjson\b/.test(type) ? JSON.parse(reply.body) : undefined };
}

const echo = route({
  route: "GET /v1/things/{id}",
  does: "Echoes.",
  roles: ["read", "billing"],
  path: v.strictObject({ id: v.string() }),
  query: v.strictObject({ size: v.optional(v.pipe(v.string(), v.transform(Number), v.integer())) }),
  answer: v.object({ id: v.string(), size: v.optional(v.number()) }),
  errors: ["not_found"],
});
const echoed: UseCase<typeof echo> = async ({ path, query }) => ok({ ...path, ...query, secret: "inside" });
const thing = { parameters: { id: "a" } };

const make = route({
  route: "POST /v1/things",
  does: "Makes.",
  roles: ["billing"],
  body: v.strictObject({ name: v.pipe(v.string(), v.minLength(1)), count: v.optional(v.number()) }),
  status: 201,
  answer: v.object({ name: v.string(), made: v.number(), receivedAt: v.number() }),
  errors: ["unknown_plan"],
});

describe("the key", () => {
  test.for<{ headers?: Record<string, string>; why: string }>([
    { why: "no header" },
    { headers: { authorization: "" }, why: "an empty header" },
    { headers: { authorization: "Basic Zm9vOmJhcg==" }, why: "another scheme" },
    { headers: { authorization: "Bearer" }, why: "no key" },
    { headers: { authorization: "Bearer frt_test_0000000000000000000000_000000" }, why: "a wrong checksum" },
    { headers: { authorization: "Bearer x y" }, why: "two words" },
  ])("is refused for $why, before anything else is read", async ({ headers = {} }) => {
    const reply = await send(make, () => expect.fail("ran"), {
      headers: { ...headers, "content-encoding": "br" },
      body: "{",
    });
    expect(reply.statusCode).toBe(401);
    expect(reply.headers["www-authenticate"]).toBe('Bearer realm="farthing"');
    expect(reply.json).toMatchObject({ code: "unauthorized", status: 401, retryable: false });
  });

  test("lacks a role: the answer names those that would do", async () => {
    const reply = await send(echo, echoed, { ...thing, key: at.keys.ingest });
    expect(reply.json).toMatchObject({ status: 403, code: "forbidden", needs: ["read", "billing", "admin"] });
    expect(reply.json.detail).toContain("read, billing, admin");
  });

  test.for(["read", "billing", "admin"] as const)("with the role %s opens", async (role) => {
    expect((await send(echo, echoed, { ...thing, key: at.keys[role] })).statusCode).toBe(200);
  });

  test("of any role opens what asks for none", async () => {
    const any = route({ ...echo, roles: "any" });
    expect((await send(any, async ({ path }) => ok(path), { ...thing, key: at.keys.ingest })).statusCode).toBe(200);
  });
});

describe("a request", () => {
  test("is parsed, and the answer shows what the route names and nothing else", async () => {
    const reply = await send(echo, echoed, { parameters: { id: "a%3Ab" }, query: "size=3", key: at.keys.read });
    expect(reply).toMatchObject({ statusCode: 200, json: { id: "a:b", size: 3 } });
    expect(reply.json).not.toHaveProperty("secret");
    expect(reply.headers).toMatchObject({ "cache-control": "no-store", "x-request-id": "request-1" });
  });

  test.for([
    { query: "size=x", path: "query.size", why: "not a number" },
    { query: "sise=3", path: "query.sise", why: "an unknown name" },
    { query: "size=3&size=4", path: "query.size", why: "twice" },
    { query: "__proto__=1", path: "query.__proto__", why: "a prototype" },
    { query: "limit=10", path: "query.limit", why: "no list" },
  ])("is refused for a query with $why", async ({ query, path }) => {
    const reply = await send(echo, echoed, { ...thing, query, key: at.keys.read });
    expect(reply.json).toMatchObject({ status: 422, code: "invalid_request", errors: [{ path }] });
  });

  test.for([
    { body: {}, errors: [{ path: "name", message: "This is required." }] },
    { body: { name: "a", nam: 1 }, errors: [{ path: "nam", message: "There is no field of this name." }] },
    { body: { name: 1, count: "1" }, errors: [{ path: "name" }, { path: "count" }] },
    { body: [], errors: [{ path: "" }] },
  ])("is refused for a body $body", async ({ body, errors }) => {
    const reply = await send(make, () => expect.fail("ran"), { body, key: at.keys.billing });
    expect(reply.json).toMatchObject({ status: 422, code: "invalid_request", errors });
  });

  test("that a use case refuses is answered from the table, with the facts", async () => {
    const refusing: UseCase<typeof echo> = async () => err({ code: "not_found", kind: "thing", big: 12n });
    const reply = await send(echo, refusing, { ...thing, key: at.keys.read });
    expect(reply.headers["content-type"]).toBe("application/problem+json");
    expect(reply.json).toMatchObject({
      type: "urn:farthing:problem:not_found",
      title: "Not found",
      status: 404,
      kind: "thing",
      big: "12",
      requestId: "request-1",
    });
  });

  test.for([
    { name: "Error", status: 500, code: "internal" },
    { name: "ProvisionedThroughputExceededException", status: 429, code: "too_many_requests" },
    { name: "InternalServerError", status: 503, code: "try_again" },
    { name: "TransactionCanceledException", status: 503, code: "try_again" },
  ])("that throws $name is answered $code, and nothing of it is told", async ({ name, status, code }) => {
    const throwing: UseCase<typeof echo> = async () => {
      throw new Error("wrapped", { cause: Object.assign(new Error("deep secret"), { name }) });
    };
    const reply = await send(echo, throwing, { ...thing, key: at.keys.read });
    expect(reply.json).toMatchObject({ status, code, retryable: true });
    expect(reply.headers["retry-after"]).toBe(status === 500 ? undefined : "1");
    expect(reply.body).not.toContain("secret");
    expect(lines).toMatchObject([["threw", { error: "Error", reason: "wrapped", status }]]);
  });

  test("leaves one line in the log, without key, header or body", async () => {
    const making: UseCase<typeof make> = async ({ body }) => ok({ ...body, made: 1, receivedAt: 0 });
    await send(make, making, { body: { name: "private" }, headers: { "x-mine": "private" }, key: at.keys.billing });
    expect(lines).toMatchObject([["answered", { route: make.route, status: 201, merchant: "One" }]]);
    expect(JSON.stringify(lines)).not.toMatch(/private|frt_test/);
  });
});

describe("a list", () => {
  const numbers = route({
    route: "GET /v1/numbers",
    does: "Counts.",
    roles: "any",
    query: v.strictObject({ above: v.optional(v.string()) }),
    paged: true,
    answer: v.object({ n: v.number() }),
    errors: [],
  });
  const counting: UseCase<typeof numbers> = async ({ page }) => {
    const first = Number(page.after ?? 0) + 1;
    const items = Array.from({ length: page.limit }, (_, index) => ({ n: first + index }));
    return ok({ items, next: String(first + page.limit - 1) });
  };
  const list = (query: string, key = at.keys.read) => send(numbers, counting, { query, key });

  test("goes on where the page before ended", async () => {
    const one = await list("limit=2&above=0");
    expect(one.json).toEqual({ items: [{ n: 1 }, { n: 2 }], nextCursor: expect.any(String) });
    const two = await list(`above=0&limit=3&cursor=${one.json.nextCursor}`);
    expect(two.json.items).toEqual([{ n: 3 }, { n: 4 }, { n: 5 }]);
  });

  test.for([
    { query: "", items: 50 },
    { query: "limit=1", items: 1 },
    { query: "limit=500", items: 500 },
  ])('"$query" has $items items', async ({ query, items }) => {
    expect((await list(query)).json.items).toHaveLength(items);
  });

  test.for(["limit=0", "limit=501", "limit=-1", "limit=1.5", "limit=x", "limit="])("refuses %s", async (query) => {
    expect((await list(query)).json).toMatchObject({ code: "invalid_request", errors: [{ path: "query.limit" }] });
  });

  test("refuses a cursor of another merchant, of another filter, changed or made up", async () => {
    const { nextCursor } = (await list("limit=2")).json;
    const bad = { status: 400, code: "invalid_cursor" };
    expect((await list(`cursor=${nextCursor}`, at.otherKeys.read)).json).toMatchObject(bad);
    expect((await list(`above=1&cursor=${nextCursor}`)).json).toMatchObject(bad);
    expect((await list(`cursor=${nextCursor}A`)).json).toMatchObject(bad);
    expect((await list("cursor=")).json).toMatchObject(bad);
    expect((await list("cursor=MTIzNDU2Nzg5MDEyMzQ1Ng")).json).toMatchObject(bad);
    expect((await list(`cursor=${nextCursor}`)).statusCode).toBe(200);
  });
});

describe("an idempotency key", () => {
  let runs = 0;
  const making: UseCase<typeof make> = async ({ body, receivedAt }) => ok({ ...body, made: ++runs, receivedAt });
  const refusing: UseCase<typeof make> = async () => err({ code: "unknown_plan" });
  const post = (body: unknown, once = "k1", key = at.keys.billing, useCase = making) =>
    send(make, useCase, { method: "POST", body, key, headers: { "idempotency-key": once } });

  beforeEach(() => {
    runs = 0;
  });

  test("gives a repeat the same answer, though the clock moved", async () => {
    const first = await post({ name: "a", count: 1 });
    at.move(86_400_000);
    const again = await post({ count: 1, name: "a" });
    expect(again).toMatchObject({ statusCode: 201, body: first.body });
    expect(runs).toBe(1);
  });

  test("refuses other content", async () => {
    await post({ name: "a" });
    expect((await post({ name: "b" })).json).toMatchObject({ status: 409, code: "idempotency_conflict" });
    expect(runs).toBe(1);
  });

  test("is each merchant's own", async () => {
    await post({ name: "a" });
    expect((await post({ name: "b" }, "k1", at.otherKeys.billing)).statusCode).toBe(201);
  });

  test("of a refused request may be used again, mended", async () => {
    expect((await post({ name: "a" }, "k1", at.keys.billing, refusing)).json.code).toBe("unknown_plan");
    expect((await post({ name: "b" })).statusCode).toBe(201);
  });

  test("whose request died runs again, as of its first arrival", async () => {
    const dying: UseCase<typeof make> = async () => {
      throw new Error("killed");
    };
    const first = at.gate.clock.now();
    expect((await post({ name: "a" }, "k1", at.keys.billing, dying)).statusCode).toBe(500);
    at.move(5000);
    expect((await post({ name: "a" })).json).toMatchObject({ receivedAt: first });
  });

  test("sent twice at once gives one answer", async () => {
    const [one, two] = await Promise.all([post({ name: "a" }), post({ name: "a" })]);
    expect(two.body).toBe(one.body);
  });

  test.for(["", "a".repeat(256), "é", "a\tb"])("may not be %j", async (once) => {
    const reply = await post({ name: "a" }, once);
    expect(reply.json).toMatchObject({ code: "invalid_request", errors: [{ path: "headers.idempotency-key" }] });
  });

  test("left out makes another each time", async () => {
    const sent = { method: "POST", body: { name: "a" }, key: at.keys.billing };
    expect((await send(make, making, sent)).json.made).toBe(1);
    expect((await send(make, making, sent)).json.made).toBe(2);
  });

  test("keeps no answer that the use case can make again", async () => {
    const again = { ...make, replay: "recomputed" } as const;
    const sent = { method: "POST", body: { name: "a" }, key: at.keys.billing, headers: { "idempotency-key": "k1" } };
    await send(again, making, sent);
    expect((await send(again, making, sent)).json.made).toBe(2);
    const name = { merchant: at.merchant, route: make.route, key: "k1" };
    const kept = await at.receipts.open({ ...name, digest: "", receivedAt: at.gate.clock.now(), expiresAt: 0 });
    expect(kept.answer).toBeUndefined();
  });
});

test("an answer may have another status, or be a file", async () => {
  const otherwise = { status: 422, when: (answer: unknown) => v.is(v.object({ id: v.literal("b") }), answer) };
  const some = { ...echo, otherwise };
  expect((await send(some, echoed, { parameters: { id: "a" }, key: at.keys.read })).statusCode).toBe(200);
  expect((await send(some, echoed, { parameters: { id: "b" }, key: at.keys.read })).statusCode).toBe(422);

  const saved = route({ ...echo, file: ["text/csv"], answer: FileAnswer });
  const made = { name: 'a "b".csv', mediaType: "text/csv", content: "x,y" };
  const reply = await send(saved, async () => ok(made), { ...thing, key: at.keys.read });
  expect(reply).toMatchObject({ body: btoa("x,y"), isBase64Encoded: true });
  expect(reply.headers).toMatchObject({
    "content-type": "text/csv",
    "content-disposition": 'attachment; filename="a__b_.csv"',
    "repr-digest": `sha-256=:${createHash("sha256").update("x,y").digest("base64")}:`,
  });
  expect(reply.headers).not.toHaveProperty("link");
});

test("an answer may be CSV where that is asked for", async () => {
  const listed = route({ ...echo, csv: () => ({ name: "a.csv", mediaType: "text/csv", content: "a,b" }) });
  const csv = await send(listed, echoed, { ...thing, key: at.keys.read, headers: { accept: "text/csv" } });
  expect([csv.headers["content-type"], Buffer.from(csv.body, "base64").toString()]).toEqual(["text/csv", "a,b"]);
  const plain = await send(listed, echoed, { ...thing, key: at.keys.read, headers: { accept: "*/*" } });
  expect(plain.json).toEqual({ id: "a" });
});

test("a list may be a file of a form that is asked for, in parts", async () => {
  const listed = route({ ...echo, paged: true, orFile: ["text/csv", "application/x-ndjson"] });
  const both: UseCase<typeof listed> = async ({ form, page: { after } }) => {
    if (form === undefined) return ok({ items: [{ id: "a" }] });
    return ok({
      name: "a",
      mediaType: form,
      content: after ?? "first",
      ...(after === undefined ? { next: "second" } : {}),
    });
  };
  const asked = (accept: string, more = {}) =>
    send(listed, both, { ...thing, key: at.keys.read, headers: { accept }, ...more });
  expect((await asked("*/*")).json).toEqual({ items: [{ id: "a" }] });
  expect((await asked("application/json, text/csv;q=0.5")).json).toEqual({ items: [{ id: "a" }] });
  for (const accept of ["text/csv", "application/x-ndjson"]) {
    const first = await asked(accept);
    expect([first.headers["content-type"], atob(first.body)]).toEqual([accept, "first"]);
    const query = first.headers.link?.match(/\?([^>]*)/)?.[1] ?? expect.fail("no link");
    const last = await asked(accept, { query });
    expect([atob(last.body), last.headers.link]).toEqual(["second", undefined]);
  }
});

test("a file may come in parts, each of which leads to the next", async () => {
  const parts = route({ ...echo, file: ["text/csv"], parts: true, answer: FileAnswer });
  const letters: UseCase<typeof parts> = async ({ page: { after = "a" } }) => {
    const next = after === "a" ? { next: "b" } : {};
    return ok({ name: "x", mediaType: "text/csv", content: new TextEncoder().encode(after), ...next });
  };
  const asked = { ...thing, path: "/v1/things/a", key: at.keys.read };
  const first = await send(parts, letters, { ...asked, query: "size=3" });
  const [, query = ""] = /^<\/v1\/things\/a\?([^>]*)>; rel="next"$/.exec(first.headers.link ?? "") ?? [];
  expect(query).toMatch(/^size=3&cursor=/);
  const second = await send(parts, letters, { ...asked, query });
  expect([first.body, second.body]).toEqual([btoa("a"), btoa("b")]);
  expect(second.headers).not.toHaveProperty("link");
  expect((await send(parts, letters, { ...asked, query: query.replace("3", "4") })).json.code).toBe("invalid_cursor");
});

test("JSON may come in parts, each of which has the cursor of the next", async () => {
  const answer = v.object({ id: v.string(), nextCursor: v.optional(v.string()) });
  const parts = route({ ...echo, parts: true, answer });
  const letters: UseCase<typeof parts> = async ({ page: { after = "a" } }) => {
    const next = after === "a" ? { next: "b" } : {};
    return ok({ id: after, ...next });
  };
  const asked = { ...thing, path: "/v1/things/a", key: at.keys.read };
  const { id, nextCursor } = (await send(parts, letters, { ...asked, query: "size=3" })).json;
  expect(id).toBe("a");
  expect((await send(parts, letters, { ...asked, query: `size=3&cursor=${nextCursor}` })).json).toEqual({ id: "b" });
  for (const query of [`size=4&cursor=${nextCursor}`, "size=3&cursor=x", "size=3&cursor="])
    expect((await send(parts, letters, { ...asked, query })).json.code).toBe("invalid_cursor");
});

test("a failure without a row in the table, or without mention in its route, does not compile", () => {
  // @ts-expect-error There is no such row.
  route({ ...echo, errors: ["not_written_down"] });
  // @ts-expect-error The route says that a thing may be not found, and nothing else.
  const refusing: UseCase<typeof echo> = async () => err({ code: "unknown_plan" });
  expect(refusing).toBeDefined();
});
