import { currency, customerId, decimal, type Picos, picos } from "@farthing/money";
import { assembleInvoice } from "./assemble-invoice.ts";
import type { IssuedInvoice } from "./invoice-numbers.ts";
import type { FoundInvoice } from "./live-invoice.ts";
import type { Parties } from "./party.ts";
import type { Seal, SealedLine } from "./seal.ts";
import { merchant, month } from "./world.fixture.ts";

type Drawn = Omit<SealedLine, "amount">;

/** A line of March 2026 in Seoul. */
export function drawnLine(index: number, more: Partial<Drawn> = {}): Drawn {
  const exact = more.exact ?? picos("4.2472554466");
  const period = { periodFrom: seoul(month(2)), periodTo: seoul(month(3)) };
  const key = { subscription: "s", price: `p${index}`, meterRevision: 1, currency: currency("USD"), ...period };
  const named = {
    id: `line_${index}`,
    kind: "usage",
    description: "requests",
    quantity: decimal("1234567.5"),
  } as const;
  return { ...named, key, exact, chargedExact: exact, ...more };
}

/** Midnight in Seoul of a day that begins at an instant in UTC. */
const seoul = (instantMs: number) => instantMs - 9 * 3_600_000;

/** An invoice of lines with its seal, its number and its parties. */
export function drawn(
  lines: readonly Drawn[],
  parties: Parties,
  {
    code = "USD",
    carriedIn = picos("0.004"),
    customer = "acme",
  }: { code?: string; carriedIn?: Picos; customer?: string } = {},
): { readonly found: FoundInvoice; readonly issued: IssuedInvoice } {
  const made = assembleInvoice({ currency: currency(code), lines, carriedIn });
  const period = { from: seoul(month(2)), to: seoul(month(3)) };
  const invoice = { ...made, period, events: 12_345_678 };
  const seal: Seal = {
    customer: { merchant, customer: customerId(customer) },
    number: 3,
    frontier: { entry: 9, cut: period.to },
    readFrom: 1,
    invoices: [invoice],
    carries: {},
    struck: [],
    voids: [],
    meterRevision: 1,
    subscriptions: [],
    timezone: "Asia/Seoul",
    tree: "",
    root: "3f".repeat(32),
    settlement: "st_1",
    sealedAt: Date.UTC(2026, 3, 1, 1, 10),
  };
  const name = { customer: customerId(customer), seal: 3, currency: currency(code) };
  return { found: { seal, invoice }, issued: { merchant, ...name, number: 1042, parties } };
}

/** A seller and a buyer with everything that can be said of them. */
export const fullParties: Parties = {
  seller: { name: "Meterworks GmbH", address: "Torstraße 1\n10119 Berlin\nGermany", taxId: "DE 123456789" },
  buyer: {
    name: "Acme Robotics Ltd",
    address: "12 Long Acre\nLondon WC2E 9LP\nUnited Kingdom",
    taxId: "GB 999 9999 73",
  },
  language: "en",
};

/** The same in Korean. */
export const koreanParties: Parties = {
  seller: { name: "미터웍스 주식회사", address: "서울특별시 강남구 테헤란로 1\n06236", taxId: "123-45-67890" },
  buyer: {
    name: "가나다 로보틱스 주식회사",
    address: "부산광역시 해운대구 센텀중앙로 90, 1204호\n48059",
    taxId: "987-65-43210",
  },
  language: "ko",
};

/** A name as long as the API takes them. */
export const longName = "Pneumonoultramicroscopicsilicovolcanoconiosis Research and Development Holding Company of "
  .repeat(3)
  .slice(0, 200)
  .trim();
