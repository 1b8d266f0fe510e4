import { currency, formatPicos, type Picos, picos, picosFrom, roundToMinor, sum } from "@farthing/money";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { AccountRecord, Credited } from "./account-log.ts";
import { assembleInvoice } from "./assemble-invoice.ts";
import { type CreditAsked, creditOf } from "./credit-note.ts";
import { accountOf } from "./invoice-account.ts";
import type { InvoiceStatus, LaterEvent } from "./invoice-state.ts";
import type { SealedInvoice } from "./seal.ts";
import { ann, month, refOf, start } from "./world.fixture.ts";

const usd = currency("USD");
const key = {
  subscription: "s",
  price: "r",
  periodFrom: month(2),
  periodTo: month(3),
  meterRevision: 1,
  currency: usd,
};

function invoiceOf(exacts: readonly Picos[], carriedIn: Picos): SealedInvoice {
  const lines = exacts.map((exact, index) => ({
    id: `line_${index + 1}`,
    kind: "usage" as const,
    key,
    description: "r",
    exact,
    chargedExact: exact,
  }));
  const { carryAmount: _, ...assembled } = assembleInvoice({ currency: usd, lines, carriedIn });
  return { ...assembled, period: { from: month(2), to: month(3) }, events: 1 };
}

const recordOf = (change: AccountRecord["change"], number: number): AccountRecord => {
  const place = { invoice: { seal: 1, currency: usd }, at: start, recordedAt: start };
  return { customer: refOf(ann), number, change, ...place };
};

/** Lines of 1.2364 and 0.0004 and 0.30 carried in: 1.54 in all, and −0.0032 carried on. */
const invoice = invoiceOf([picos("1.2364"), picos("0.0004")], picos("0.3"));

interface Step {
  readonly asked?: CreditAsked;
  readonly event?: LaterEvent;
}

const line = (number: number | string, amount?: string) => ({
  line: typeof number === "number" ? `line_${number}` : number,
  amount: amount === undefined ? undefined : picos(amount),
});
const of = (...lines: readonly ReturnType<typeof line>[]): Step => ({ asked: { lines } });
const event = (id: string, source?: string) => ({ id, ...(source === undefined ? {} : { source }) });
const to: Partial<Record<LaterEvent, InvoiceStatus>> = { paid_outside: "paid", voided: "void", fell_due: "past_due" };

/** Takes steps in turn; answers each as how it is given back, exact, total and carried, or its code. */
function taken(steps: readonly Step[], on: SealedInvoice = invoice) {
  const records: AccountRecord[] = [];
  const texts: string[] = [];
  for (const { asked, event: happened } of steps) {
    const account = accountOf(on, records);
    if (happened !== undefined) {
      const change = { kind: "transition", event: happened, from: account.status, amount: account.due } as const;
      records.push(recordOf({ ...change, to: to[happened] ?? "paid" }, records.length + 1));
    }
    if (asked === undefined) continue;
    const credit = creditOf(on, account, asked);
    texts.push(
      credit.ok
        ? [credit.value.as, credit.value.exact, credit.value.total, credit.value.carried]
            .map((part) => (typeof part === "bigint" ? formatPicos(part) : part))
            .join(" ")
        : credit.error.code,
    );
    if (credit.ok) records.push(recordOf(credit.value, records.length + 1));
  }
  const { status, due } = accountOf(on, records);
  return { texts, status, due: formatPicos(due), records };
}

const whole: Step = { asked: { lines: "whole" } };
const paid: Step = { event: "paid_outside" };

describe("creditOf", () => {
  test.for<{ steps: Step[]; texts: string[]; due: string; status: InvoiceStatus; why: string }>([
    { steps: [whole], texts: ["due 1.5368 1.54 -0.0032"], due: "0", status: "paid", why: "all, and its rounding" },
    { steps: [of(line(1))], texts: ["due 1.2364 1.24 -0.0036"], due: "0.3", status: "sealed", why: "a line" },
    { steps: [of(line(2))], texts: ["due 0.0004 0 0.0004"], due: "1.54", status: "sealed", why: "below a cent" },
    {
      steps: [of(line(1, "0.005")), of(line(1, "0.005")), of(line(1, "0.005"))],
      texts: ["due 0.005 0 0.005", "due 0.005 0.01 -0.005", "due 0.005 0.01 -0.005"],
      due: "1.52",
      status: "sealed",
      why: "parts, which round once together",
    },
    {
      steps: [of(line("line_carry"))],
      texts: ["due 0.3 0.3 0"],
      due: "1.24",
      status: "sealed",
      why: "what was carried in",
    },
    {
      steps: [paid, whole],
      texts: ["carry 1.5368 0 1.5368"],
      due: "0",
      status: "paid",
      why: "of a paid one, on the next",
    },
    {
      steps: [paid, { asked: { lines: "whole", as: "refund" } }],
      texts: ["refund 1.5368 1.54 -0.0032"],
      due: "0",
      status: "paid",
      why: "of a paid one, as a refund",
    },
    {
      steps: [{ asked: { lines: "whole", as: "carry" } }],
      texts: ["carry 1.5368 0 1.5368"],
      due: "1.54",
      status: "sealed",
      why: "of an open one, on the next: it stays due",
    },
    {
      steps: [of(line(1, "1")), paid, { asked: { lines: "whole", as: "refund" } }],
      texts: ["due 1 1 0", "refund 0.5368 0.54 -0.0032"],
      due: "0",
      status: "paid",
      why: "what is left after a payment",
    },
    {
      steps: [{ event: "fell_due" }, whole],
      texts: ["due 1.5368 1.54 -0.0032"],
      due: "0",
      status: "paid",
      why: "past due",
    },
    {
      steps: [whole, whole],
      texts: ["due 1.5368 1.54 -0.0032", "credit_too_large"],
      due: "0",
      status: "paid",
      why: "twice",
    },
    {
      steps: [of(line(1, "1.2365"))],
      texts: ["credit_too_large"],
      due: "1.54",
      status: "sealed",
      why: "more than a line",
    },
    {
      steps: [of(line(1, "1"), line(1, "1"))],
      texts: ["credit_too_large"],
      due: "1.54",
      status: "sealed",
      why: "a line twice over",
    },
    { steps: [of(line(9))], texts: ["unknown_line"], due: "1.54", status: "sealed", why: "no line" },
    {
      steps: [{ asked: { lines: "whole", as: "refund" } }],
      texts: ["nothing_to_refund"],
      due: "1.54",
      status: "sealed",
      why: "a refund of nothing",
    },
    {
      steps: [{ event: "voided" }, whole],
      texts: ["invoice_not_open"],
      due: "0",
      status: "void",
      why: "of a void one",
    },
    {
      steps: [
        { asked: { ...of(line(1, "0.1")).asked, events: [event("a", "s")] } as CreditAsked },
        { asked: { ...of(line(1, "0.1")).asked, events: [event("a")] } as CreditAsked },
        { asked: { ...of(line(1, "0.1")).asked, events: [event("b"), event("a", "s")] } as CreditAsked },
      ],
      texts: ["due 0.1 0.1 0", "due 0.1 0.1 0", "already_credited"],
      due: "1.34",
      status: "sealed",
      why: "an event twice",
    },
  ])("gives back $texts: $why", ({ steps, ...rest }) => {
    const { why: _, ...expected } = rest;
    const { records: __, ...answered } = taken(steps);
    expect(answered).toEqual(expected);
  });

  test("gives nothing back of an invoice that is carried", () => {
    expect(taken([whole], invoiceOf([picos("0.001")], picos("0"))).texts).toEqual(["invoice_not_open"]);
  });

  test("of a line that takes something off gives nothing back, and the others no more than the whole", () => {
    const mixed = invoiceOf([picos("10"), picos("-4")], picos("0"));
    expect(taken([of(line(2))], mixed).texts).toEqual(["credit_too_large"]);
    expect(taken([of(line(1))], mixed).texts).toEqual(["credit_too_large"]);
    expect(taken([of(line(1, "6"))], mixed)).toMatchObject({ texts: ["due 6 6 0"], status: "paid" });
    expect(taken([whole], mixed)).toMatchObject({ texts: ["due 6 6 0"], status: "paid" });
  });

  const parts = fc.bigInt({ min: -(10n ** 11n), max: 10n ** 13n }).map(picosFrom);
  const asks = fc.record({
    lines: fc.oneof(
      fc.constant("whole" as const),
      fc.array(
        fc.record({
          line: fc.constantFrom("line_1", "line_2", "line_carry"),
          amount: fc.option(parts, { nil: undefined }),
        }),
        {
          minLength: 1,
          maxLength: 3,
        },
      ),
    ),
    as: fc.constantFrom(undefined, "carry" as const, "refund" as const),
  });

  test("adds up and stays within the invoice, whatever is asked for in whatever order", () => {
    fc.assert(
      fc.property(
        fc.array(parts, { minLength: 1, maxLength: 2 }),
        parts,
        fc.array(
          fc.oneof(
            asks.map((asked): Step => ({ asked })),
            fc.constant(paid),
          ),
          { maxLength: 8 },
        ),
        (exacts, carriedIn, steps) => {
          const one = invoiceOf(exacts, carriedIn);
          const once = steps.filter((step, index) => step.event === undefined || steps.indexOf(step) === index);
          if (one.status === "carried") return;
          const { records } = taken(once, one);
          const notes = records.flatMap(({ change }) => (change.kind === "credit" ? [change] : []));
          const all = (of: (note: Credited) => Picos) => sum(notes.map(of));
          for (const note of notes) {
            expect(note.exact).toBe(note.total + note.carried);
            expect(note.exact).toBe(sum(note.lines.map(({ exact }) => exact)));
            expect(note.total).toBe(roundToMinor(note.total, usd));
            expect(note.total >= 0n).toBe(true);
          }
          expect(all(({ exact }) => exact) <= sum([one.exact, one.carriedIn])).toBe(true);
          expect(all(({ total }) => total) <= one.total).toBe(true);
          expect(accountOf(one, records).due >= 0n).toBe(true);
        },
      ),
      { seed: 3, numRuns: 300 },
    );
  });
});
