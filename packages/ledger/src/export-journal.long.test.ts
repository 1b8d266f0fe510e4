import { spawnSync } from "node:child_process";
import { err, expectOk, picos, sum } from "@farthing/money";
import { parse } from "csv-parse/sync";
import { describe, expect, test } from "vitest";
import { exportJournal } from "./export-journal.ts";
import { hour, ledgerWorld, merchant, posting, start } from "./ledger.fixture.ts";
import { getTrialBalance } from "./list-accounts.ts";
import type { LedgerStores } from "./post.ts";
import { post } from "./post.ts";

const hasHledger = spawnSync("hledger", ["--version"]).status === 0;
if (!hasHledger)
  console.log("SKIPPED: hledger is not installed, so no journal is checked by it (apt-get install hledger)");

/** Books with amounts down to the last digit, two currencies, a conversion, and texts that a format could stumble over. */
async function someBooks() {
  const world = ledgerWorld();
  const odd = { description: 'A; "test" | =1+1, of\tall', facts: { reason: "a, b: c", formula: "=1" } };
  await post(world, posting("test:1", ["receivable:USD:a:b@c 10.000000000001", "revenue:USD -10.000000000001"], odd));
  world.at(start + hour);
  await post(world, posting("test:2)", ["clearing:USD 9.41", "fees:USD 0.59", "receivable:USD:a:b@c -10"]));
  world.at(start + 24 * hour);
  const both = ["clearing:USD -5", "exchange:USD 5", "clearing:JPY 700.5", "exchange:JPY -700.5"];
  await post(world, posting("converted:1", both));
  await post(world, posting("test:4", ["wallet:JPY:zoe -12345678901234567890", "clearing:JPY 12345678901234567890"]));
  return world;
}

const whole = { merchant, format: "csv", parts: false };

function rowsOf(csv: string): readonly Readonly<Record<string, string>>[] {
  return parse(csv, { columns: true });
}

async function journalOf(stores: LedgerStores, more: object = {}): Promise<string> {
  return expectOk(await exportJournal(stores, { ...whole, format: "hledger", ...more })).content;
}

describe("a journal as CSV", () => {
  test("has a row for each entry, at full scale, and no formula", async () => {
    const file = expectOk(await exportJournal(await someBooks(), whole));
    expect([file.name, file.mediaType]).toEqual(["journal.csv", "text/csv; charset=utf-8"]);
    const rows = rowsOf(file.content);
    expect(rows).toHaveLength(11);
    expect(rows[0]).toMatchObject({
      date: "2026-03-02T12:00:00.000Z",
      cause: "test:1",
      account: "receivable:USD:a:b@c",
      type: "receivable",
      currency: "USD",
      party: "a:b@c",
      debit: "10.000000000001",
      credit: "0.000000000000",
      amount: "10.000000000001",
    });
    expect(rows[1]).toMatchObject({ debit: "0.000000000000", credit: "10.000000000001", party: "" });
    for (const currency of ["USD", "JPY"])
      expect(sum(rows.flatMap((row) => (row.currency === currency ? [picos(`${row.amount}`)] : [])))).toBe(0n);
  });
});

describe("a journal as plain text", () => {
  test("is written at full scale, with its accounts and currencies ahead", async () => {
    const text = await journalOf(await someBooks(), { to: start + hour });
    const [id] = /general:\d\d:1/.exec(text) ?? [];
    expect(text).toBe(
      `commodity 1000.000000000000 USD
account assets:receivable:USD:a%3Ab@c
account revenues:revenue:USD

2026-03-02 * (test:1) A "test" =1+1, of all  ; id:${id}, occurred:2026-03-02T12:00:00.000Z, reason:a b: c, formula:=1
    assets:receivable:USD:a%3Ab@c  10.000000000001 USD
    revenues:revenue:USD  -10.000000000001 USD
`,
    );
  });

  test.skipIf(!hasHledger)(
    "passes hledger's strict checks, whole and in parts, and comes to the trial balance",
    async () => {
      const world = await someBooks();
      expect(hledger(await journalOf(world), "check", "--strict", "ordereddates")).toEqual({ status: 0, errors: "" });
      for (let after: string | undefined; ; ) {
        const order = { ...whole, format: "hledger", parts: true, after, limitBytes: 1 };
        const part = expectOk(await exportJournal(world, order));
        expect(hledger(part.content, "check", "--strict")).toEqual({ status: 0, errors: "" });
        after = part.next;
        if (after === undefined) break;
      }
      const { accounts } = expectOk(await getTrialBalance(world, { merchant }));
      for (const { type, currency, balance } of accounts) {
        const summed = run(
          await journalOf(world),
          "balance",
          "--depth=3",
          "--flat",
          "--no-total",
          `:${type}:${currency}(:|$)`,
          "-O",
          "csv",
        );
        const [, cell = "0"] = summed.split("\n")[1]?.split('","') ?? [];
        expect(picos(cell.replace(/ .*$/s, ""))).toBe(picos(balance));
      }
    },
  );

  test.skipIf(!hasHledger)("would fail them if a leg were off by the last digit", async () => {
    const text = await journalOf(await someBooks());
    const off = text.replace("  0.590000000000 USD", "  0.590000000001 USD");
    expect(off).not.toBe(text);
    expect(hledger(off, "check").errors).toContain("sum should be 0 but is: 0.000000000001 USD");
  });
});

describe("exportJournal", () => {
  test("in parts has every line once, whatever a part holds", async () => {
    const world = await someBooks();
    const all = rowsOf(expectOk(await exportJournal(world, whole)).content);
    for (const limitBytes of [1, 300, 500, 1_000_000]) {
      const rows = [];
      for (let after: string | undefined; ; ) {
        const part = expectOk(await exportJournal(world, { ...whole, parts: true, after, limitBytes }));
        rows.push(...rowsOf(part.content));
        after = part.next;
        if (after === undefined) break;
      }
      expect(rows).toEqual(all);
    }
  });

  test.for([
    { more: { format: "pdf", from: 2, to: 1 }, code: "unknown_format" },
    { more: { format: "constructor" }, code: "unknown_format" },
    { more: { from: 2, to: 2, limitBytes: 1 }, code: "invalid_range" },
    { more: { limitBytes: 500 }, code: "export_too_large" },
  ])("refuses $more with $code", async ({ more, code }) => {
    expect(await exportJournal(await someBooks(), { ...whole, ...more })).toMatchObject(err({ code }));
  });

  test("of books without lines is a file of a header alone", async () => {
    const file = expectOk(await exportJournal(ledgerWorld(), whole));
    expect(file.content).toBe(
      "id,date,occurred_at,cause,description,account,type,currency,party,debit,credit,amount,facts\r\n",
    );
  });
});

function run(journal: string, ...args: readonly string[]): string {
  return spawnSync("hledger", ["-f", "-", ...args], { input: journal, encoding: "utf8" }).stdout;
}

function hledger(journal: string, ...args: readonly string[]) {
  const { status, stderr } = spawnSync("hledger", ["-f", "-", ...args], { input: journal, encoding: "utf8" });
  return { status, errors: stderr };
}
