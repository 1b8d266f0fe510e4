import type { Seal, SealedInvoice } from "@farthing/billing";
import { customers, prices } from "./catalogue.ts";
import { countedRows } from "./check-seals.ts";
import { picosOfText } from "./exact.ts";
import type { History } from "./history.ts";
import type { Ledger } from "./ledger.ts";
import type { SentFact } from "./sent-fact.ts";
import { ending, months, type Zone, zones } from "./timeline.ts";

const minor: Readonly<Record<string, bigint>> = { USD: 10n ** 10n, JPY: 10n ** 12n };

/** Invoices add up within themselves, and with the carry to the exact price of what counted. */
export async function checkMoney(history: History, ledger: Ledger): Promise<void> {
  for (const name of customers) {
    const seals = await history.stores.seals.seals(history.customer(name));
    checkInvoices(history, name, seals);
    const counted = countedRows(ledger.logs.get(name) ?? []).map(({ stored }) => stored.sent);
    const expected = await expectedSums(history, name, counted);
    const sums = new Map<string, bigint>();
    for (const { currency, exact } of seals.flatMap(({ invoices }) => invoices)) {
      sums.set(currency, (sums.get(currency) ?? 0n) + exact);
    }
    for (const currency of ["USD", "JPY"]) {
      const [is, should] = [sums.get(currency) ?? 0n, expected.get(currency) ?? 0n];
      if (is !== should) history.witness.blame(`${name} is billed ${is} picos ${currency}, but used ${should}`);
    }
  }
}

function checkInvoices({ witness }: History, name: string, seals: readonly Seal[]): void {
  const carries = new Map<string, bigint>();
  for (const { number, invoices, carries: left } of seals) {
    for (const invoice of invoices) {
      const wrong = wrongOf(invoice, carries.get(invoice.currency) ?? 0n);
      if (wrong !== undefined) witness.blame(`invoice ${number} ${invoice.currency} of ${name}: ${wrong}`);
      carries.set(invoice.currency, invoice.carriedOut);
    }
    for (const [currency, carry] of carries) {
      if (carry !== (left[currency] ?? 0n)) witness.blame(`seal ${number} of ${name} carries another ${currency}`);
    }
  }
}

function wrongOf(invoice: SealedInvoice, carry: bigint): string | undefined {
  const { lines, exact, carriedIn, total, carriedOut, status, currency } = invoice;
  const unit = minor[currency] ?? 1n;
  const sum = (amounts: readonly bigint[]) => amounts.reduce((all, amount) => all + amount, 0n);
  const shown = sum(lines.map(({ amount }) => amount));
  const carryShown = total - shown;
  if (sum(lines.map((line) => line.exact)) !== exact) return "its lines do not add up to its exact sum";
  if (carriedIn !== carry) return "what is carried in is not what the last one carried out";
  if (exact + carriedIn !== total + carriedOut) return "its sum is not its total and carry";
  if (total % unit !== 0n || total < 0n) return `its total ${total} is no amount of money`;
  if (status === "carried") return total === 0n && shown === 0n ? undefined : "it is carried, yet comes to something";
  if (2n * size(carriedOut) > unit) return "it carries more than half a unit";
  if (lines.some(({ amount }) => amount % unit !== 0n)) return "a line shows a broken unit";
  if (lines.some((line) => size(line.amount - line.exact) >= unit))
    return "a line shows a unit more or less than it is";
  return size(carryShown - carriedIn) >= unit ? "the carry shows a unit more or less than it is" : undefined;
}

function size(amount: bigint): bigint {
  return amount < 0n ? -amount : amount;
}

interface Window {
  readonly plan: keyof typeof prices;
  readonly from: number;
  readonly to: number;
  readonly flatFrom: number;
  readonly zone: Zone;
}

async function expectedSums(
  history: History,
  name: string,
  counted: readonly SentFact[],
): Promise<ReadonlyMap<string, bigint>> {
  const sums = new Map<string, bigint>();
  const add = (currency: string, picos: bigint) => sums.set(currency, (sums.get(currency) ?? 0n) + picos);
  const windows = await windowsOf(history, name);
  for (const { type, amount, currency, bytes, time } of counted) {
    if (type === "charge") add(currency, picosOfText(amount));
    const window = windows.find(({ from, to }) => from <= time && time < to);
    if (type === "request" && window !== undefined) {
      const { request, byte } = prices[window.plan];
      add("USD", request + byte * BigInt(bytes));
    }
  }
  const sealed = (await history.stores.seals.latestSeal(history.customer(name))) !== undefined;
  if (sealed) for (const window of windows) add("USD", feesOf(window, history.scenario.interval));
  return sums;
}

/** Each subscription charges from its start to that of the next. */
async function windowsOf({ stores, merchant, customer }: History, name: string): Promise<readonly Window[]> {
  const all = await stores.subscriptions.subscriptionsOf(merchant, customer(name).customer);
  const sorted = [...all].sort((a, b) => a.start - b.start || a.createdAt - b.createdAt || (a.id < b.id ? -1 : 1));
  return sorted.map(({ plan, start, flatFrom, timezone }, index) => ({
    plan: plan === "other" ? "other" : "basic",
    from: start,
    to: sorted[index + 1]?.start ?? Number.POSITIVE_INFINITY,
    flatFrom,
    zone: timezone === "UTC" ? "UTC" : "Asia/Kolkata",
  }));
}

/** What a window's flat price comes to: of each period the part that it holds, in advance from the one it begins in, in arrears of those that are over. */
function feesOf({ plan, from, to, flatFrom, zone }: Window, interval: "month" | "day"): bigint {
  if (from >= to) return 0n;
  const begins = interval === "day" ? zones[zone] : months[zone];
  const fees = begins.slice(0, -1).map((begin, index) => {
    const end = begins[index + 1] ?? begin;
    const held = Math.min(to, end) - Math.max(flatFrom, begin);
    if (held <= 0 || (plan === "basic" ? begin >= ending : end > ending)) return 0n;
    return halfEven(prices[plan].fee * BigInt(held), BigInt(end - begin));
  });
  return fees.reduce((sum, fee) => sum + fee, 0n);
}

function halfEven(top: bigint, bottom: bigint): bigint {
  const [whole, rest] = [top / bottom, (top % bottom) * 2n];
  return rest > bottom || (rest === bottom && whole % 2n === 1n) ? whole + 1n : whole;
}
