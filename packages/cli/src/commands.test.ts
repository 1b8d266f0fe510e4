import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { startLoopback } from "@farthing/sdk/loopback";
import { describe, expect, onTestFinished, test } from "vitest";
import { temporaryFolder } from "./temporary-folder.fixture.ts";
import { runCommand } from "./terminal.fixture.ts";

const invoice = {
  id: "inv_1",
  number: 7,
  customer: "acme",
  period: { from: "2026-10-01T00:00:00Z", to: "2026-11-01T00:00:00Z" },
  currency: "USD",
  status: "sealed",
  lines: [{ id: "l", kind: "usage", description: "requests", quantity: "10000", exact: "4.0004", amount: "4.00" }],
  exact: "4.0004",
  carriedIn: "0",
  total: "4.00",
  carriedOut: "0.0004",
  events: 10_000,
};
const totals = [{ currency: "USD", exact: "4.2472554466", invoiced: "4.10", carried: "0.1472554466" }];
const settlement = {
  id: "set_1",
  status: "done",
  through: "2015-07-01T00:00:00Z",
  customers: 1_753,
  invoices: 9,
  totals,
  dryRun: false,
};
const report = {
  from: "a",
  to: "b",
  accepted: 5,
  billed: 3,
  free: 0,
  duplicate: 1,
  conflict: 0,
  unmetered: 0,
  voided: 0,
  open: 1,
  gap: 0,
};
const meter = {
  key: "bytes",
  eventType: "request",
  aggregation: "sum",
  value: "bytes",
  groupBy: ["status"],
  revision: 3,
};
const seen = {
  key: "k1",
  id: "e1",
  customer: "acme",
  type: "request",
  time: "t1",
  receivedAt: "r1",
  verdict: "counted",
  code: "billed",
  reason: "…",
  meters: [{ meter: "requests", quantity: "1" }],
};
const refused = { key: "k2", receivedAt: "r2", verdict: "rejected", code: "more_rejected", reason: "…", more: 29 };
const plan = { key: "web", version: 2, currency: "USD", interval: "month", prices: [{}, {}] };

const backfill = { name: "jan", status: "open", createdAt: "a" };
const held = { ...backfill, events: 3, customers: 2, from: "b", to: "c" };
const change = {
  ...{ customer: "acme", events: 3, counted: 2, duplicates: 1, conflicts: 0, voided: 0 },
  invoices: [
    { currency: "EUR", before: "0", after: "0.1", change: "0.1", totalBefore: "0.00", totalAfter: "0.10", lines: [] },
    {
      currency: "USD",
      before: "1",
      after: "0.9999",
      change: "-0.0001",
      totalBefore: "1.00",
      totalAfter: "1.00",
      lines: [],
    },
  ],
};

const answers: Record<string, unknown> = {
  "POST /v1/settlements": { id: "set_1", status: "rolling" },
  "GET /v1/settlements/set_1": settlement,
  "GET /v1/invoices": { items: [invoice, { ...invoice, id: "inv_2", customer: "=\u001bcmd" }] },
  "GET /v1/invoices/inv_1": invoice,
  "GET /v1/reports/conservation": report,
  "GET /v1/events": { items: [seen, refused] },
  "GET /v1/usage": { rows: [{ from: "a", to: "b", customer: "acme", group: { status: "200" }, value: "7" }] },
  "GET /v1/settlements/set_1/export": "invoice,customer",
  "POST /v1/backfills": backfill,
  "GET /v1/backfills": { items: [backfill, { ...held, status: "committed" }] },
  "GET /v1/backfills/jan": held,
  "GET /v1/backfills/jan/preview": { items: [change, { ...change, customer: "b", invoices: [] }] },
  "POST /v1/backfills/jan/commit": { ...held, status: "committing" },
  "POST /v1/backfills/jan/drop": { ...held, status: "dropped" },
  "GET /v1/shards": { count: 1 },
  "PUT /v1/shards": { count: 1, next: { count: 4, from: "a" } },
  "PUT /v1/meters/bytes": meter,
  "PUT /v1/plans/web": plan,
  "GET /v1/meters": { items: [meter] },
  "GET /v1/plans": { items: [plan] },
};

async function command(words: readonly string[], changed: Record<string, unknown> = {}, cwd = "/nowhere") {
  const calls: string[] = [];
  const server = await startLoopback({
    routes: (method, path, body) => {
      calls.push(`${method} ${path} ${body}`.trim());
      const known = { ...answers, ...changed }[`${method} ${path.split("?")[0]}`];
      return known === undefined ? undefined : { status: 200, body: known };
    },
  });
  onTestFinished(() => server.close());
  const env = { FARTHING_URL: server.url, FARTHING_KEY: "k" };
  return { calls, ...(await runCommand(words, { env, cwd })) };
}

describe("farthing settle", () => {
  test("starts a settlement", async () => {
    const { calls, output } = await command(["settle", "--through", "2015-06-30", "--customer", "a", "b", "--dry-run"]);
    expect(calls).toEqual(['POST /v1/settlements {"through":"2015-06-30","customers":["a","b"],"dryRun":true}']);
    expect(output).toBe("settlement set_1 is rolling\n");
  });

  test("waits until it is done, and shows what it came to", async () => {
    const { exitCode, output, notes } = await command(["settle", "--through", "2015-06-30", "--wait"]);
    expect([exitCode, notes]).toEqual([0, ["settlement set_1 is done"]]);
    expect(output).toBe(
      "settlement set_1 through 2015-07-01T00:00:00Z is done: 1753 customers, 9 invoices\n\n" +
        "currency         exact  invoiced       carried\nUSD       4.2472554466      4.10  0.1472554466\n",
    );
  });

  test("fails with a settlement that failed", async () => {
    const failed = { "GET /v1/settlements/set_1": { ...settlement, status: "failed", totals: [] } };
    expect(await command(["settle", "--through", "2015-06-30", "--wait"], failed)).toMatchObject({ exitCode: 1 });
  });
});

describe("farthing backfill", () => {
  const holds = ": 3 events of 2 customers, from b to c";
  test.for([
    { word: "open", call: 'POST /v1/backfills {"name":"jan"}', says: "backfill jan is open\n" },
    { word: "show", call: "GET /v1/backfills/jan", says: `backfill jan is open${holds}\n` },
    { word: "commit", call: "POST /v1/backfills/jan/commit {}", says: `backfill jan is committing${holds}\n` },
    { word: "drop", call: "POST /v1/backfills/jan/drop {}", says: `backfill jan is dropped${holds}\n` },
  ])("$word", async ({ word, call, says }) => {
    const { calls, output, exitCode } = await command(["backfill", word, "jan"]);
    expect([calls, output, exitCode]).toEqual([[call], says, 0]);
  });

  test("commit waits until it is done", async () => {
    const done = { "GET /v1/backfills/jan": { ...held, status: "committed" } };
    const { calls, output } = await command(["backfill", "commit", "jan", "--wait"], done);
    expect([calls.length, output]).toEqual([2, `backfill jan is committed${holds}\n`]);
  });

  test("preview shows each customer, and the sums", async () => {
    const { calls, output } = await command(["backfill", "preview", "jan", "--through", "2026-06-01T00:00:00Z"]);
    expect(calls[0]).toContain("through=2026-06-01T00%3A00%3A00Z");
    expect(output).toMatch(
      /^customer +events +counted +currency +before +after +change\nacme +3 +2 +EUR +0 +0\.1 +0\.1\n +USD/,
    );
    expect(output).toMatch(/\nb +3 +2 +0\n\nin all 0\.1 EUR, -0\.0001 USD\n$/);
    expect(JSON.parse((await command(["backfill", "preview", "jan", "--json"])).output)).toHaveLength(2);
    const empty = { "GET /v1/backfills/jan/preview": { items: [] } };
    expect((await command(["backfill", "preview", "jan"], empty)).output).toBe("nothing is staged\n");
  });

  test("list", async () => {
    const { output } = await command(["backfill", "list"]);
    expect(output).toMatch(/^backfill +status +events +opened +closed\njan +open +a\njan +committed +3 +a\n$/);
  });
});

describe("farthing shards", () => {
  test.for([
    { words: [], call: "GET /v1/shards", says: "1 shards\n" },
    { words: ["--set", "4"], call: 'PUT /v1/shards {"count":4}', says: "1 shards, 4 from a on\n" },
  ])("$call", async ({ words, call, says }) => {
    expect(await command(["shards", ...words])).toMatchObject({ calls: [call], output: says });
  });

  test("takes 1 to 64", async () => {
    expect(await command(["shards", "--set", "65"])).toMatchObject({ calls: [], exitCode: 2 });
  });
});

describe("farthing invoices", () => {
  test("lists them, and lets no name drive the terminal", async () => {
    const { calls, output } = await command([
      "invoices",
      "--customer",
      "acme",
      "--status",
      "sealed",
      "--settlement",
      "s",
      "--number",
      "7",
    ]);
    expect(calls).toEqual(["GET /v1/invoices?limit=50&customer=acme&status=sealed&settlement=s&number=7"]);
    expect(output.split("\n")[1]).toMatch(/^ +7 +inv_1 +acme +sealed .* 10000 +4\.0004 +4\.00 +0\.0004 +USD$/);
    expect(output).toContain("=?cmd");
  });

  test("says when there are more", async () => {
    const { output, notes } = await command(["invoices", "--limit", "1"]);
    expect([output.split("\n").length, notes]).toEqual([3, ["there are more than 1; --limit shows more"]]);
  });

  test("says when there are none", async () => {
    expect(await command(["invoices"], { "GET /v1/invoices": { items: [] } })).toMatchObject({
      output: "no invoices\n",
    });
  });

  test("shows one with its lines", async () => {
    const { output } = await command(["invoice", "inv_1"]);
    expect(output).toContain("requests     10000  4.0004    4.00");
    expect(output).toContain("exact 4.0004 + carried in 0 = total 4.00 + carried out 0.0004 USD");
  });
});

describe("farthing conservation", () => {
  test("shows what became of events", async () => {
    const { exitCode, calls, output } = await command(["conservation", "--from", "2015-05-01", "--to", "2015-07-01"]);
    expect([exitCode, calls]).toEqual([
      0,
      ["GET /v1/reports/conservation?from=2015-05-01T00%3A00%3A00Z&to=2015-07-01T00%3A00%3A00Z"],
    ]);
    expect(output).toMatch(/billed +3\n[\s\S]*gap +0\n$/);
  });

  test("shows a row for each meter, what was refused, and when it was checked", async () => {
    const groups = [{ ...report, meter: "bytes", events: "/v1/events?meter=bytes" }];
    const check = { through: "t", checkedAt: "c", gaps: [] };
    const words = ["conservation", "--from", "a", "--to", "b", "--group-by", "meter", "--customer", "acme"];
    const { calls, output } = await command(words, {
      "GET /v1/reports/conservation": { ...report, rejected: 7, check, groups },
    });
    expect(calls).toEqual(["GET /v1/reports/conservation?from=a&to=b&customer=acme&groupBy=meter"]);
    expect(output).toMatch(/rejected +7\nchecked at c, through t\n/);
    expect(output).toMatch(/ bytes +5 +3 +0 +1 +0 +0 +0 +1\n$/);
  });

  test("fails with a gap", async () => {
    const gap = { "GET /v1/reports/conservation": { ...report, gap: -1 } };
    expect(await command(["conservation", "--from", "a", "--to", "b"], gap)).toMatchObject({ exitCode: 1 });
  });
});

describe("farthing usage", () => {
  test("shows what a meter counts", async () => {
    const flags = [
      "--customer",
      "acme",
      "--window",
      "day",
      "--group-by",
      "status,method",
      "--timezone",
      "Europe/Berlin",
    ];
    const { calls, output } = await command(["usage", "--meter", "m", "--from", "a", "--to", "b", ...flags]);
    expect(calls).toEqual([
      "GET /v1/usage?meter=m&from=a&to=b&customer=acme&window=day&timezone=Europe%2FBerlin&groupBy=status%2Cmethod",
    ]);
    expect(output).toBe("from  to  customer  group       value\na     b   acme      status=200      7\n");
  });
});

describe("a table of usage", () => {
  test("leaves out columns that nothing is in", async () => {
    const rows = { "GET /v1/usage": { rows: [{ from: "a", to: "b", value: null }] } };
    expect((await command(["usage", "--meter", "m", "--from", "a", "--to", "b"], rows)).output).toBe(
      "from  to  value\na     b\n",
    );
  });
});

describe("farthing pdf", () => {
  test("writes an invoice's document as it is", async () => {
    const document = { "GET /v1/invoices/inv_1/pdf": "%PDF" };
    expect(await command(["pdf", "inv_1"], document)).toMatchObject({
      calls: ["GET /v1/invoices/inv_1/pdf"],
      output: '"%PDF"',
    });
  });
});

describe("farthing export", () => {
  test("writes what the API gives, as it is", async () => {
    expect(await command(["export", "set_1"])).toMatchObject({
      calls: ["GET /v1/settlements/set_1/export?format=csv"],
      output: '"invoice,customer"',
    });
  });

  test("writes parts into a folder, and says which", async () => {
    const cwd = temporaryFolder();
    const { calls, output } = await command(["export", "set_1", "--format", "jsonl", "--parts", "out"], {}, cwd);
    expect(calls).toEqual(["GET /v1/settlements/set_1/export?format=jsonl&parts=true"]);
    const file = join(cwd, "out", "set_1-1.jsonl");
    expect([output, readFileSync(file, "utf8")]).toEqual([`${file}\n`, '"invoice,customer"']);
  });

  test("knows its formats", async () => {
    expect(await command(["export", "set_1", "--format", "xls"])).toMatchObject({ calls: [], exitCode: 2 });
  });
});

describe("farthing meter and plan", () => {
  test.for([
    {
      words: ["meter", "put", "file.json"],
      file: { key: "bytes", aggregation: "sum" },
      call: 'PUT /v1/meters/bytes {"aggregation":"sum"}',
      says: "meter bytes is at revision 3\n",
    },
    {
      words: ["plan", "put", "file.json", "web"],
      file: { currency: "USD" },
      call: 'PUT /v1/plans/web {"currency":"USD"}',
      says: "plan web is at version 2\n",
    },
  ])("put: $call", async ({ words, file, call, says }) => {
    const cwd = temporaryFolder();
    writeFileSync(join(cwd, "file.json"), JSON.stringify(file));
    expect(await command(words, {}, cwd)).toMatchObject({ exitCode: 0, calls: [call], output: says });
  });

  test.for(["{", "[]", "{}"])("put refuses a file that is no content: %s", async (content) => {
    const cwd = temporaryFolder();
    writeFileSync(join(cwd, "file.json"), content);
    expect(await command(["plan", "put", "file.json"], {}, cwd)).toMatchObject({ exitCode: 2, calls: [] });
  });

  test("list", async () => {
    expect((await command(["meter", "list"])).output).toContain("bytes  request     sum          bytes  status");
    expect((await command(["plan", "list"])).output).toContain("web   2        USD       month     2");
  });
});

describe("farthing events", () => {
  test("lists events with what became of each", async () => {
    const { exitCode, calls, output } = await command([
      "events",
      ...["--customer", "acme", "--from", "2015-05-01", "--verdict", "counted", "--limit", "2"],
    ]);
    expect([exitCode, calls]).toEqual([
      0,
      ["GET /v1/events?limit=2&customer=acme&verdict=counted&from=2015-05-01T00%3A00%3A00Z"],
    ]);
    expect(output).toMatch(/^t1 +acme +request +e1 +requests=1 +counted +billed$/m);
    expect(output).toMatch(/and 29 more +rejected +more_rejected$/m);
  });

  test("says that there are none", async () => {
    expect(await command(["events"], { "GET /v1/events": { items: [] } })).toMatchObject({ output: "no events\n" });
  });

  test("shows them as they arrive, until the API refuses", async () => {
    let looks = 0;
    const server = await startLoopback({
      routes: (_, path) => {
        looks += 1;
        if (looks > 2) return { status: 403, body: { code: "forbidden", title: "Not allowed" } };
        expect(path).toBe(`/v1/events/tail?type=request${looks === 1 ? "" : "&cursor=c1"}`);
        return { status: 200, body: { items: looks === 1 ? [seen] : [], cursor: `c${looks}`, oneIn: 3, asOf: "n" } };
      },
    });
    onTestFinished(() => server.close());
    const env = { FARTHING_URL: server.url, FARTHING_KEY: "k" };
    const { output, notes, exitCode } = await runCommand(["events", "--follow", "--type", "request"], { env });
    expect(output).toBe("r1  acme  request  e1  counted  billed\n");
    expect(notes[0]).toBe("showing 1 in 3");
    expect(exitCode).toBe(1);
  });
});

describe("every command", () => {
  test.for([
    ["settle", "--through", "2015-06-30"],
    ["settle", "--through", "2015-06-30", "--wait"],
    ["invoices"],
    ["invoice", "inv_1"],
    ["conservation", "--from", "a", "--to", "b"],
    ["usage", "--meter", "m", "--from", "a", "--to", "b"],
    ["events"],
    ["meter", "list"],
    ["plan", "list"],
  ])("prints JSON for machines: %s", async (words) => {
    const { exitCode, output } = await command([...words, "--json"]);
    expect(exitCode).toBe(0);
    expect(JSON.parse(output)).toBeTypeOf("object");
  });

  test("says in a line what the API refuses", async () => {
    const { exitCode, notes } = await command(["invoice", "missing"]);
    expect([exitCode, notes]).toEqual([1, ["farthing: /v1/invoices/missing (not_found)"]]);
  });

  test("helps", async () => {
    const { exitCode, output } = await command(["--help"]);
    expect([exitCode, output]).toEqual([0, expect.stringContaining("import [options] <file...>")]);
  });
});
