import type { IngestAnswer } from "@farthing/sdk";
import * as v from "valibot";
import { afterAll, beforeAll, beforeEach, describe, expect, inject, test } from "vitest";
import { allRoutes } from "../../../../functions/_routes/all.ts";
import { acceptEvents } from "../../../../functions/_routes/metering.ts";
import { type Answer, ApiWorld, type Shop, type With } from "./api-world.ts";

const now = Date.parse("2026-07-10T12:00:00.000Z");
const dayMs = 86_400_000;
const timeAt = (ms: number) => new Date(ms).toISOString();
const json = { "content-type": "application/json" };

let world: ApiWorld;
let shop: Shop;

beforeAll(async () => {
  world = await ApiWorld.open(inject("dynamoEndpoint"), timeAt(now));
});
afterAll(() => world[Symbol.asyncDispose]());
beforeEach(async () => {
  world.at(now);
  shop = await world.shop();
  await shop.send("PUT", "/v1/meters/calls", { eventType: "call", aggregation: "count" });
  await shop.send("PUT", "/v1/meters/tokens", { eventType: "call", aggregation: "sum", value: "tokens" });
  await shop.send("PUT", "/v1/meters/users", { eventType: "login", aggregation: "unique_count", value: "user" });
  await shop.send("POST", "/v1/backfills", { name: "opened" });
  await shop.send("PUT", "/v1/customers/ann", {});
});

const event = (id: unknown, more: object = {}) => ({ id, type: "call", customer: "ann", time: timeAt(now), ...more });
const fine = { data: { tokens: 1 } };
const charge = (id: string, data: object) => event(id, { type: "charge", data });
const post = (body: unknown, more: With = {}, query = ""): Promise<Answer<IngestAnswer>> =>
  shop.send<IngestAnswer>("POST", `/v1/events${query}`, body, { headers: json, ...more });

/** What the schema makes of an answer is the answer: nothing that it does not name is sent, and nothing otherwise. */
function expectExact({ json: answer }: Answer<IngestAnswer>): void {
  expect(v.parse(acceptEvents.answer, answer)).toStrictEqual(answer);
}

const codesOf = (all: readonly { readonly code: string }[]) => [...new Set(all.map(({ code }) => code))].sort();

/** Requests that together have every refusal, every warning and every way to send, and what each is answered. */
const requests: readonly {
  readonly why: string;
  readonly body: unknown;
  readonly more?: With;
  readonly query?: string;
  readonly status?: number;
  readonly shows: object;
  readonly codes?: readonly string[];
}[] = [
  { why: "no event", body: [], status: 422, shows: { accepted: 0, rejectedCount: 0 } },
  { why: "one event", body: event("a", fine), shows: { accepted: 1, warningCount: 0, duplicates: 0 } },
  { why: "copies", body: [event("a", fine), event("a", fine)], shows: { duplicates: 1 } },
  {
    why: "every refusal",
    body: [
      ...[event("ok", fine), 7, event(undefined), event("x".repeat(600)), event("\ud800"), event(3)],
      event("past", { time: timeAt(now - 40 * dayMs) }),
      event("ahead", { time: timeAt(now + dayMs) }),
      event("large", { data: { text: "x".repeat(70_000) } }),
      charge("amount", { amount: "a lot", currency: "USD" }),
    ],
    shows: { accepted: 1, rejectedCount: 9 },
    codes: ["data_too_large", "invalid_amount", "invalid_event", "time_in_future", "time_too_old"],
  },
  { why: "refusals alone", body: [7, event("x", { type: "" })], status: 422, shows: { accepted: 0, rejectedCount: 2 } },
  {
    why: "every warning",
    body: [
      event("missing"),
      event("text", { data: { tokens: "a lot" } }),
      event("other", { type: "unheard.of" }),
      event("stranger", { customer: "bob", ...fine }),
      event("nobody", { type: "login", data: { user: [1] } }),
    ],
    shows: { accepted: 5, warningCount: 5 },
    codes: ["unknown_customer", "unmetered", "value_missing", "value_not_numeric"],
  },
  {
    why: "more than lists name",
    body: [
      ...Array.from({ length: 1_200 }, (_, n) => event(`e${n}`)),
      ...Array.from({ length: 1_200 }, (_, n) => event(`e${n}`, { time: "soon" })),
    ],
    shows: { accepted: 1_200, rejectedCount: 1_200, warningCount: 1_200 },
  },
  {
    why: "NDJSON with a bad line",
    body: `${JSON.stringify(event("a", fine))}\n{"id":\n`,
    more: { headers: { "content-type": "application/x-ndjson" } },
    shows: { accepted: 1, rejectedCount: 1 },
  },
  {
    why: "a backfill that nobody opened",
    body: [event("old", { ...fine, time: timeAt(now - 400 * dayMs) })],
    query: "?backfill=import",
    shows: { accepted: 1, backfill: { name: "import", staged: false } },
  },
  {
    why: "a backfill that is open",
    body: [event("old", { ...fine, time: timeAt(now - 400 * dayMs) }), 7],
    query: "?backfill=opened",
    shows: { accepted: 1, rejectedCount: 1, backfill: { name: "opened", staged: true } },
  },
];

describe("what POST /v1/events answers is what its schema names, and no more", () => {
  test.for(requests)("$why", async ({ body, more, query, status = 202, shows, codes }) => {
    const answer = await post(body, more, query);
    expect(answer).toMatchObject({ status, json: shows });
    const { rejected, warnings } = answer.json;
    if (codes !== undefined) expect(codesOf([...rejected, ...warnings])).toEqual(codes);
    expectExact(answer);
  });

  test("with an idempotency key, at first and again", async () => {
    const keyed = { headers: { ...json, "idempotency-key": "k" } };
    const first = await post([event("a", { time: undefined }), 7], keyed);
    world.at(now + dayMs);
    const again = await post([event("a", { time: undefined }), 7], keyed);
    for (const answer of [first, again]) expectExact(answer);
    expect(again.json).toEqual(first.json);
  });

  test("no refusal and no warning that the schema names is missing here", () => {
    const { entries } = acceptEvents.answer.pipe[0];
    const named = [entries.rejected.pipe[0].item.entries.code, entries.warnings.pipe[0].item.entries.code];
    const shown = requests.flatMap(({ codes = [] }) => codes);
    expect(named.flatMap(({ options }) => [...options]).sort()).toEqual([...new Set(shown)].sort());
  });

  test("no other route sends what its schema has not made", () => {
    expect(allRoutes.filter(({ exact }) => exact === true).map(({ route }) => route)).toEqual(["POST /v1/events"]);
  });
});
