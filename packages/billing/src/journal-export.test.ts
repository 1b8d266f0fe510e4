import { spawnSync } from "node:child_process";
import { formatPicos, type Picos, picos } from "@farthing/money";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { exportFormats } from "./export-format.ts";
import { invoice, line } from "./exported-invoice.fixture.ts";
import { settlementJournal } from "./journal-export.ts";
import { type ExportedInvoice, rowsOf } from "./settlement-rows.ts";

const hasHledger = spawnSync("hledger", ["--version"]).status === 0;
if (!hasHledger)
  console.log("SKIPPED: hledger is not installed, so no journal is checked by it (apt-get install hledger)");

function rows(...invoices: readonly ExportedInvoice[]) {
  return invoices.flatMap((one) => rowsOf("set_1", one).map(({ cells }) => cells));
}

function hledger(journal: string, ...args: readonly string[]) {
  const { status, stdout, stderr } = spawnSync("hledger", ["-f", "-", ...args], { input: journal, encoding: "utf8" });
  return { status, said: stdout, errors: stderr };
}

describe("a settlement as a journal", () => {
  test("owes the state a tax that its prices hold, and earns what is left", () => {
    const tax = { name: "VAT", rate: "0.2", kind: "inclusive", base: picos("1"), amount: picos("0.2") } as const;
    const lines = [line("1.2"), line("0", { id: "ln_2", kind: "tax", tax })];
    const legs = settlementJournal(rows(invoice("USD", lines)))
      .split("\n")
      .filter((text) => /-?0\.200000000000/.test(text));
    expect(legs).toEqual([
      expect.stringMatching(/:tax:USD:\S+ {2}-0\.200000000000 USD/),
      expect.stringMatching(/revenue:USD:\S+ {2}0\.200000000000 USD/),
    ]);
  });

  test("has a transaction for each invoice, that balances to the last digit", () => {
    const lines = [line("4.2472554466"), line("-1.001", { id: "ln_2", kind: "adjustment" })];
    expect(settlementJournal(rows(invoice("USD", lines, { carriedIn: picos("0.30") })))).toBe(
      `commodity 1000.000000000000 USD
account assets:receivable:USD:66.249.73.135
account assets:rounding:USD:66.249.73.135
account revenues:revenue:USD:66.249.73.135

2015-06-01 * (inv_1) Invoice sealed  ; settlement:set_1, customer:66.249.73.135
    assets:receivable:USD:66.249.73.135  3.550000000000 USD
    revenues:revenue:USD:66.249.73.135  -4.247255446600 USD  ; usage calls API calls
    revenues:revenue:USD:66.249.73.135  1.001000000000 USD  ; adjustment calls API calls
    assets:rounding:USD:66.249.73.135  -0.303744553400 USD  ; carried
`,
    );
  });

  test("keeps tax apart from revenue", () => {
    const taxed = rows(invoice("USD", [line("1"), line("0.2", { kind: "tax" as "usage", description: "VAT 20%" })]));
    expect(settlementJournal(taxed)).toContain(
      "    liabilities:tax:USD:66.249.73.135  -0.200000000000 USD  ; tax calls VAT 20%\n",
    );
  });

  test("of a part of an invoice balances by itself", () => {
    const all = rows(invoice("USD", [line("1.005"), line("2.003"), line("-0.5")]));
    for (let cut = 1; cut < all.length; cut++)
      for (const part of [all.slice(0, cut), all.slice(cut)]) expect(imbalance(settlementJournal(part))).toBe(0n);
  });

  test("balances whatever is on it, and weighs no less than it is long", () => {
    const exact = fc.bigInt({ min: -(10n ** 13n), max: 10n ** 14n }).map((count) => formatPicos(count as Picos));
    fc.assert(
      fc.property(fc.array(fc.array(exact, { maxLength: 4 }), { maxLength: 5 }), exact, (drawn, carried) => {
        const invoices = drawn.map((amounts, n) =>
          invoice(
            "USD",
            amounts.map((amount) => line(amount)),
            { id: `inv_${n}`, carriedIn: picos(carried) },
          ),
        );
        const all = rows(...invoices);
        const text = settlementJournal(all);
        expect(imbalance(text)).toBe(0n);
        const weight = all.reduce((sum, row) => sum + (exportFormats.journal?.weigh(row) ?? 0), 0);
        expect(weight).toBeGreaterThanOrEqual(Buffer.byteLength(text));
      }),
    );
  });

  test.skipIf(!hasHledger)("passes hledger's strict checks, and what a line says changes no account", () => {
    const description = "a; b  c\n    assets:clearing  1 USD | 한글";
    const text = settlementJournal(
      rows(invoice("USD", [line("4.2472554466", { description })]), invoice("JPY", [line("47.3")], { id: "inv_2" })),
    );
    expect(hledger(text, "check", "--strict")).toEqual({ status: 0, said: "", errors: "" });
    expect(hledger(text, "accounts").said).not.toContain("clearing");
  });
});

/** What all legs of a journal come to. Units: picos. */
function imbalance(text: string): bigint {
  return [...text.matchAll(/^ {4}\S+ {2}(-?)(\d+)\.(\d{12}) /gm)].reduce(
    (sum, [, sign, whole, fraction]) => sum + BigInt(`${whole}${fraction}`) * (sign === "-" ? -1n : 1n),
    0n,
  );
}
