import { afterAll, beforeAll, describe, expect, inject, test } from "vitest";
import { ApiWorld, type Problem, type Shop } from "./api-world.ts";

interface Account {
  readonly id: string;
  readonly balance: string;
  readonly debit: string;
  readonly credit: string;
}
interface TrialBalance {
  readonly at: string;
  readonly totals: readonly { readonly currency: string; readonly debit: string; readonly credit: string }[];
  readonly accounts: readonly Account[];
}
interface Entry {
  readonly cause: string;
  readonly date: string;
  readonly amount: string;
  readonly balance: string;
}
interface Page<T> {
  readonly items: readonly T[];
  readonly nextCursor?: string;
}

const settledAt = "2026-06-10T12:00:00Z";
let world: ApiWorld;
let shop: Shop;

const charge = (id: string, customer: string, amount: string, currency = "USD") => {
  return { id, type: "charge", customer, time: "2026-06-09T00:00:00Z", data: { amount, currency } };
};

beforeAll(async () => {
  world = await ApiWorld.open(inject("dynamoEndpoint"), settledAt);
  shop = await world.shop();
  await shop.send("POST", "/v1/events", [
    charge("a", "ann", "1.006"),
    charge("b", "bob", "2.5"),
    charge("c", "bob", "1200.4", "JPY"),
    charge("d", "cid", "0.0004"),
  ]);
  await settle("2026-06-10T00:00:00Z");
});
afterAll(() => world[Symbol.asyncDispose]());

async function settle(through: string): Promise<string> {
  const { json } = await shop.send<{ id: string }>("POST", "/v1/settlements", { through });
  await world.drain(2);
  return json.id;
}

const get = <T>(address: string) => shop.send<T>("GET", address, undefined, { key: shop.keys.finance });
const balances = ({ accounts }: Pick<TrialBalance, "accounts">) =>
  accounts.map(({ id, balance }) => `${id} ${balance}`);

const books = [
  "receivable:JPY 1200",
  "receivable:USD 3.51",
  "revenue:JPY -1200.4",
  "revenue:USD -3.5064",
  "rounding:JPY 0.4",
  "rounding:USD -0.0036",
];

describe("the trial balance", () => {
  test("is what the invoices say, once, though every message came twice", async () => {
    const { status, json } = await get<TrialBalance>("/v1/ledger/trial-balance");
    expect([status, balances(json)]).toEqual([200, books]);
    expect(json.totals).toEqual([
      { currency: "JPY", debit: "1200.4", credit: "1200.4" },
      { currency: "USD", debit: "3.51", credit: "3.51" },
    ]);
  });

  test("as of before the run is empty, and as of after it is not", async () => {
    expect(balances((await get<TrialBalance>("/v1/ledger/trial-balance?at=2026-06-10T11:59:59Z")).json)).toEqual([]);
    expect(balances((await get<TrialBalance>(`/v1/ledger/trial-balance?at=${settledAt}`)).json)).toEqual(books);
  });
});

describe("accounts", () => {
  test("come in pages, whole or of a party", async () => {
    const first = (await get<Page<Account>>("/v1/ledger/accounts?limit=4")).json;
    const second = (await get<Page<Account>>(`/v1/ledger/accounts?limit=4&cursor=${first.nextCursor}`)).json;
    expect(balances({ accounts: [...first.items, ...second.items] })).toEqual(books);
    const { items } = (await get<Page<Account>>("/v1/ledger/accounts?party=bob")).json;
    expect(balances({ accounts: items })).toEqual([
      "receivable:JPY:bob 1200",
      "receivable:USD:bob 2.5",
      "revenue:JPY:bob -1200.4",
      "revenue:USD:bob -2.5",
      "rounding:JPY:bob 0.4",
    ]);
  });

  test("have entries with running balances", async () => {
    const { items } = (await get<Page<Entry>>("/v1/ledger/accounts/receivable:USD/entries")).json;
    expect(items).toMatchObject([{ cause: expect.stringMatching(/^settlement:st_/), amount: "3.51", balance: "3.51" }]);
    const own = (await get<Page<Entry>>("/v1/ledger/accounts/receivable:USD:bob/entries?limit=1")).json;
    expect(own.items).toMatchObject([{ cause: "invoice_sealed:inv_bob_1_USD", amount: "2.5", balance: "2.5" }]);
    expect((await get<Problem>("/v1/ledger/accounts/cash:USD/entries")).json).toMatchObject({
      status: 404,
      code: "not_found",
    });
  });
});

describe("the journal", () => {
  test.for([
    {
      format: "csv",
      type: "text/csv; charset=utf-8",
      says: "receivable:USD,receivable,USD,,3.510000000000,0.000000000000",
    },
    { format: "hledger", type: "text/plain; charset=utf-8", says: "    assets:receivable:USD  3.510000000000 USD\n" },
  ])("comes as $format", async ({ format, type, says }) => {
    const file = await get(`/v1/ledger/journal?format=${format}`);
    expect([file.status, file.headers["content-type"]]).toEqual([200, type]);
    expect(Buffer.from(file.text, "base64").toString()).toContain(says);
  });

  test.for([
    { query: "format=pdf", status: 422, code: "unknown_format" },
    { query: "from=2026-06-10T00:00:00Z&to=2026-06-10T00:00:00Z", status: 422, code: "invalid_range" },
    { query: "from=yesterday", status: 422, code: "invalid_request" },
  ])("is refused with $code for $query", async ({ query, status, code }) => {
    expect((await get<Problem>(`/v1/ledger/journal?${query}`)).json).toMatchObject({ status, code });
  });
});

describe("a settlement", () => {
  test("is exported as a journal of the same accounts", async () => {
    const { items } = (await get<Page<{ id: string }>>("/v1/settlements")).json;
    const file = await get(`/v1/settlements/${items[0]?.id}/export?format=journal`);
    const text = Buffer.from(file.text, "base64").toString();
    expect(text).toContain("    assets:receivable:JPY:bob  1200.000000000000 JPY\n");
    expect(text).toContain("    assets:rounding:USD:cid  0.000400000000 USD  ; carried\n");
  });
});

describe("closing", () => {
  const close = (through: string) => shop.send<Problem & TrialBalance>("POST", "/v1/ledger/close", { through });

  test("is refused for what is to come, done once for what is over, and in order", async () => {
    expect((await close("2026-06-10T12:00:01Z")).json).toMatchObject({ status: 409, code: "period_open" });
    const first = await close("2026-06-10T12:00:00Z");
    expect([first.status, first.json]).toMatchObject([200, { number: 1, accounts: [] }]);
    world.at("2026-06-12T00:00:00Z");
    const second = await close("2026-06-10");
    expect(second.json).toMatchObject({ number: 2, through: "2026-06-11T00:00:00.000Z" });
    expect(balances(second.json)).toEqual(books);
    expect((await close("2026-06-10")).json).toEqual(second.json);
    expect((await close("2026-06-10T12:00:00Z")).json).toEqual(first.json);
    expect((await close("2026-06-09")).json).toMatchObject({ status: 409, code: "period_closed" });
    const { items } = (await get<Page<object>>("/v1/ledger/closes")).json;
    expect(items).toEqual([first.json, second.json]);
  });

  test("leaves what is posted later to the open period", async () => {
    await shop.send("POST", "/v1/events", [charge("late", "ann", "5")]);
    await settle("2026-06-11T00:00:00Z");
    const before = (await get<TrialBalance>("/v1/ledger/trial-balance?at=2026-06-10T23:59:59.999Z")).json;
    expect(balances(before)).toEqual(books);
    const { items } = (await get<Page<Entry>>("/v1/ledger/accounts/receivable:USD/entries?from=2026-06-11T00:00:00Z"))
      .json;
    expect(items).toMatchObject([{ date: "2026-06-12T00:00:00.000Z", amount: "5", balance: "8.51" }]);
  });
});

describe("what becomes of an invoice", () => {
  test("is posted with it, once", async () => {
    const happen = (address: string, body: object) => shop.send<Problem>("POST", `/v1/invoices/${address}`, body);
    for (const _ of ["first", "again"]) {
      expect((await happen("inv_bob_1_JPY/void", { reason: "a mistake" })).status).toBe(200);
      expect((await happen("inv_bob_1_USD/pay", { reason: "by bank", reference: "tx 7" })).status).toBe(200);
      expect((await happen("inv_ann_1_USD/uncollectible", { reason: "gone" })).status).toBe(200);
    }
    const { accounts } = (await get<TrialBalance>("/v1/ledger/trial-balance")).json;
    expect(balances({ accounts })).toEqual([
      "bad_debt:USD 1.01",
      "clearing:USD 2.5",
      "receivable:JPY 0",
      "receivable:USD 5",
      "revenue:JPY -0.4",
      "revenue:USD -8.5064",
      "rounding:JPY 0.4",
      "rounding:USD -0.0036",
    ]);
    const { items } = (await get<Page<Entry>>("/v1/ledger/accounts/receivable:USD:bob/entries")).json;
    expect(items).toMatchObject([
      { cause: "invoice_sealed:inv_bob_1_USD", balance: "2.5" },
      { cause: "payment_received:inv_bob_1_USD", balance: "0", facts: { reference: "tx 7" } },
    ]);
  });
});
