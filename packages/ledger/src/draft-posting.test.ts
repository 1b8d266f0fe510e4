import { currency, expectOk, formatPicos, picos, sum } from "@farthing/money";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { accountId } from "./account.ts";
import { type Cause, draftPosting } from "./draft-posting.ts";
import { ann, merchant, start, usd } from "./ledger.fixture.ts";
import { type CauseKind, postingRules } from "./posting-rules.ts";

type Parts = Readonly<Record<string, string>>;

/** A row for each rule: its parts, and what it posts. */
const rows: readonly {
  readonly kind: CauseKind;
  readonly parts: Parts;
  readonly posts: string;
  readonly other?: true;
}[] = [
  {
    kind: "invoice_sealed",
    parts: { total: "1.33", carried: "-0.0032", net: "1.1057", tax: "0.2211" },
    posts: "receivable:USD:ann 1.33, revenue:USD:ann -1.1057, rounding:USD:ann -0.0032, tax:USD:ann -0.2211",
  },
  {
    kind: "invoice_sealed",
    parts: { total: "0", carried: "0.6666", net: "0.6666", tax: "0" },
    posts: "revenue:USD:ann -0.6666, rounding:USD:ann 0.6666",
  },
  {
    kind: "invoice_voided",
    parts: { total: "1.33", carried: "-0.0032", net: "1.1057", tax: "0.2211" },
    posts: "receivable:USD:ann -1.33, revenue:USD:ann 1.1057, rounding:USD:ann 0.0032, tax:USD:ann 0.2211",
  },
  {
    kind: "credit_noted",
    parts: { total: "1.2", carried: "-0.0036", net: "1", tax: "0.1964" },
    posts: "receivable:USD:ann -1.2, revenue:USD:ann 1, rounding:USD:ann 0.0036, tax:USD:ann 0.1964",
  },
  {
    kind: "invoice_written_off",
    parts: { total: "1.2", net: "1", tax: "0.2" },
    posts: "bad_debt:USD 1, receivable:USD:ann -1.2, tax:USD:ann 0.2",
  },
  {
    kind: "write_off_reversed",
    parts: { total: "1.2", net: "1.2", tax: "0" },
    posts: "bad_debt:USD -1.2, receivable:USD:ann 1.2",
  },
  {
    kind: "write_off_recovered",
    parts: { gross: "1.2", net: "1.1", fee: "0.1" },
    posts: "bad_debt:USD -1.2, clearing:USD 1.1, fees:USD 0.1",
  },
  {
    kind: "write_off_voided",
    parts: { total: "1.2", carried: "0", net: "1", tax: "0.2" },
    posts: "bad_debt:USD -1.2, revenue:USD:ann 1, tax:USD:ann 0.2",
  },
  {
    kind: "payment_received",
    parts: { gross: "10", net: "9.41", fee: "0.59" },
    posts: "clearing:USD 9.41, fees:USD 0.59, receivable:USD:ann -10",
  },
  {
    kind: "payment_reversed",
    parts: { gross: "10", net: "10", fee: "0" },
    posts: "clearing:USD -10, receivable:USD:ann 10",
  },
  {
    kind: "payment_refunded",
    parts: { gross: "10", net: "9.8", fee: "0.2" },
    posts: "clearing:USD -9.8, fees:USD -0.2, receivable:USD:ann 10",
  },
  { kind: "fee_charged", parts: { fee: "15" }, posts: "clearing:USD -15, fees:USD 15" },
  {
    kind: "wallet_topped_up",
    parts: { gross: "20", net: "19.1", fee: "0.9" },
    posts: "clearing:USD 19.1, fees:USD 0.9, wallet:USD:ann -20",
  },
  { kind: "wallet_drawn", parts: { amount: "3" }, posts: "receivable:USD:ann -3, wallet:USD:ann 3" },
  {
    kind: "wallet_charged",
    parts: { total: "1.1", net: "1", tax: "0.1" },
    posts: "revenue:USD:ann -1, tax:USD:ann -0.1, wallet:USD:ann 1.1",
  },
  {
    kind: "wallet_refunded",
    parts: { gross: "5", net: "5", fee: "0" },
    posts: "clearing:USD -5, wallet:USD:ann 5",
  },
  { kind: "hold_placed", parts: { amount: "8" }, posts: "held:USD:ann -8, wallet:USD:ann 8" },
  {
    kind: "hold_ended",
    parts: { posted: "5", rest: "3" },
    posts: "held:USD:ann 8, receivable:USD:ann -5, wallet:USD:ann -3",
  },
  { kind: "share_earned", parts: { amount: "0.7" }, posts: "payable:USD:ann -0.7, revenue:USD 0.7" },
  {
    kind: "payout_sent",
    parts: { gross: "50", net: "49.75", fee: "0.25" },
    posts: "clearing:USD -49.75, fees:USD -0.25, payable:USD:ann 50",
  },
  {
    kind: "converted",
    other: true,
    parts: { sold: "100", bought: "90", spread: "1.5" },
    posts: "clearing:EUR 90, clearing:USD -100, exchange:EUR -91.5, exchange:USD 100, fees:EUR 1.5",
  },
];

function causeOf(kind: CauseKind, parts: Parts, other?: true): Cause<CauseKind> {
  const amounts = Object.fromEntries(Object.entries(parts).map(([name, amount]) => [name, picos(amount)]));
  const common = { merchant, id: "1", occurredAt: start, currency: usd, party: ann, description: "A test" };
  return { kind, ...common, ...(other && { other: currency("EUR") }), parts: amounts as Cause<CauseKind>["parts"] };
}

describe("draftPosting", () => {
  test.for(rows)("$kind posts $posts", ({ kind, parts, posts, other }) => {
    const drafted = expectOk(draftPosting(causeOf(kind, parts, other)));
    expect(drafted.cause).toBe(`${kind}:1`);
    expect(
      drafted.entries.map(({ account, amount }) => `${accountId(account)} ${formatPicos(amount)}`).join(", "),
    ).toBe(posts);
  });

  test("has a row here for every rule", () => {
    expect([...new Set(rows.map(({ kind }) => kind))].sort()).toEqual(Object.keys(postingRules).sort());
  });

  test.for(rows.filter(({ parts }) => Object.keys(parts).length > 1 && !("sold" in parts) && !("rest" in parts)))(
    "$kind does not balance when any one part is off",
    ({ kind, parts }) => {
      for (const name of Object.keys(parts)) {
        const off = formatPicos(sum([picos(`${parts[name]}`), picos("0.000000000001")]));
        const drafted = draftPosting(causeOf(kind, { ...parts, [name]: off }));
        expect(drafted).toMatchObject({ ok: false, error: { code: "unbalanced", currency: "USD" } });
      }
    },
  );

  test("without a party posts to whole accounts", () => {
    const { party: _, ...cause } = causeOf("payment_received", { gross: "10", net: "9", fee: "1" });
    expect(expectOk(draftPosting(cause)).entries.every(({ account }) => account.party === undefined)).toBe(true);
  });

  test("of a conversion needs two currencies", () => {
    expect(() => draftPosting(causeOf("converted", { sold: "1", bought: "1", spread: "0" }))).toThrow("two currencies");
  });

  test("voiding undoes sealing, whatever its amounts are", () => {
    const amount = fc.bigInt({ min: -(10n ** 24n), max: 10n ** 24n });
    fc.assert(
      fc.property(amount, amount, amount, (total, carried, tax) => {
        const net = total + carried - tax;
        const parts = Object.fromEntries(Object.entries({ total, carried, net, tax }).map(([n, p]) => [n, String(p)]));
        const [sealed, voided] = [
          draftPosting(causeOf("invoice_sealed", parts)),
          draftPosting(causeOf("invoice_voided", parts)),
        ];
        expect(sealed.ok).toBe(voided.ok);
        if (!sealed.ok || !voided.ok) return;
        const sums = new Map<string, bigint>();
        for (const { account, amount: moved } of [...sealed.value.entries, ...voided.value.entries])
          sums.set(accountId(account), (sums.get(accountId(account)) ?? 0n) + moved);
        expect([...sums.values()].every((sum) => sum === 0n)).toBe(true);
      }),
    );
  });
});
