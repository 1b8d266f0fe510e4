import type { CustomerContent, MeterContent, PlanContent, UsageEvent } from "@farthing/sdk";

const hourMs = 3_600_000;

/** How many hours of traffic the demo has: a week. */
export const demoHours = 7 * 24;

/** The meters of the demo. */
export const demoMeters: Readonly<Record<string, MeterContent>> = {
  requests: { eventType: "api.request", aggregation: "count", name: "API requests", unit: "requests" },
  egress: {
    eventType: "egress",
    aggregation: "sum",
    value: "bytes",
    groupBy: ["region"],
    name: "Data sent",
    unit: "bytes",
  },
  tokens: { eventType: "completion", aggregation: "sum", value: "tokens", name: "Tokens generated", unit: "tokens" },
};

const usage = (requests: string, gigabyte: string, million: string): PlanContent["prices"] => [
  { key: "requests", meter: "requests", model: "per_unit", unitPrice: requests },
  { key: "egress", meter: "egress", model: "per_unit", unitPrice: gigabyte, per: "1000000000" },
  { key: "tokens", meter: "tokens", model: "per_unit", unitPrice: million, per: "1000000" },
];

/** The plans of the demo: most bill by the day, so that a week already has invoices. */
export const demoPlans: Readonly<Record<string, PlanContent>> = {
  "pay-as-you-go": { name: "Pay as you go", currency: "USD", interval: "day", prices: usage("0.0004", "0.09", "0.60") },
  europe: { name: "Europe", currency: "EUR", interval: "day", prices: usage("0.00035", "0.08", "0.55") },
  team: {
    name: "Team",
    currency: "USD",
    interval: "month",
    minimumInvoice: "0.50",
    prices: [{ key: "base", model: "flat", amount: "25.00", timing: "in_arrears" }, ...usage("0.0003", "0.07", "0.45")],
  },
};

interface DemoCustomer {
  readonly id: string;
  /** Left out for a customer that is known from its events alone. */
  readonly content?: CustomerContent;
  readonly plan?: string;
  /** Events in a busy hour. */
  readonly pace: number;
  /** The hour of the day, in UTC, at which most happens. */
  readonly peakHour: number;
  readonly kinds: readonly ("api.request" | "egress" | "completion" | "charge")[];
}

/** The customers of the demo: their names, zones and currencies are the ones that pages get wrong. */
export const demoCustomers: readonly DemoCustomer[] = [
  {
    id: "acme",
    content: { name: 'Acme "Rocket" Co.', email: "billing@acme.example", timezone: "UTC", currency: "USD" },
    plan: "pay-as-you-go",
    pace: 14,
    peakHour: 14,
    kinds: ["api.request", "api.request", "egress"],
  },
  {
    id: "bengaluru-labs",
    content: { name: "Bengaluru Labs", timezone: "Asia/Kolkata", currency: "USD" },
    plan: "pay-as-you-go",
    pace: 10,
    peakHour: 8,
    kinds: ["api.request", "completion"],
  },
  {
    id: "ohara-and-sons",
    content: { name: "O’Hara & Sons <books>", timezone: "America/New_York", currency: "USD" },
    plan: "pay-as-you-go",
    pace: 8,
    peakHour: 18,
    kinds: ["api.request", "egress", "completion"],
  },
  {
    id: "nordlicht",
    content: { name: "Nordlicht Straßenbau GmbH", timezone: "UTC", currency: "EUR" },
    plan: "europe",
    pace: 7,
    peakHour: 11,
    kinds: ["api.request", "egress"],
  },
  {
    id: "dar-al-shorouk",
    content: { name: "دار الشروق للنشر", timezone: "UTC", currency: "USD" },
    plan: "pay-as-you-go",
    pace: 6,
    peakHour: 16,
    kinds: ["charge", "api.request"],
  },
  {
    id: "pixel-post",
    content: { name: "Pixel Post", timezone: "America/New_York", currency: "USD" },
    plan: "team",
    pace: 9,
    peakHour: 20,
    kinds: ["completion", "completion", "api.request"],
  },
  { id: "reader-1042", pace: 2, peakHour: 7, kinds: ["charge"] },
];

/** Numbers from 0 up to 1, the same for the same seed (mulberry32). */
export function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

const pick = <T>(items: readonly [T, ...T[]], random: () => number): T =>
  items[Math.floor(random() * items.length)] ?? items[0];

function dataOf(kind: DemoCustomer["kinds"][number], random: () => number): Record<string, unknown> {
  switch (kind) {
    case "api.request":
      return { route: pick(["/v2/search", "/v2/render", "/v2/convert"], random), status: random() < 0.97 ? 200 : 503 };
    case "egress":
      return { bytes: Math.floor(10 ** (4 + random() * 5)), region: pick(["us-east", "eu-west", "ap-south"], random) };
    case "completion":
      return { tokens: 50 + Math.floor(random() * 4000), model: pick(["small", "large"], random) };
    case "charge":
      return {
        amount: pick(["0.0004", "0.0125", "0.00375"], random),
        currency: "USD",
        description: "One article read",
      };
  }
}

/** Busiest at the peak, a fifth of that twelve hours away. */
function rhythm(hourOfDay: number, peakHour: number): number {
  return 0.6 + 0.4 * Math.cos(((hourOfDay - peakHour) / 24) * 2 * Math.PI);
}

function eventsOfHour(customer: DemoCustomer, startMs: number, random: () => number): UsageEvent[] {
  const hour = new Date(startMs).toISOString().slice(0, 13);
  const expected = customer.pace * rhythm(new Date(startMs).getUTCHours(), customer.peakHour);
  const count = Math.floor(expected * (0.6 + 0.8 * random()) + random());
  return Array.from({ length: count }, (_, at) => {
    const kind = pick(customer.kinds as readonly [DemoCustomer["kinds"][number]], random);
    return {
      id: `${hour}-${String(at).padStart(3, "0")}`,
      type: kind,
      customer: customer.id,
      time: new Date(startMs + Math.floor(random() * hourMs)).toISOString(),
      data: dataOf(kind, random),
    };
  });
}

/** A week of traffic up to the start of an hour, in order of time; the same for the same hour. */
export function demoEvents(endMs: number): UsageEvent[] {
  const random = seeded(20_261_122);
  const events: UsageEvent[] = [];
  for (let hour = demoHours; hour > 0; hour--) {
    const startMs = endMs - hour * hourMs;
    const inHour = demoCustomers.flatMap((customer) => eventsOfHour(customer, startMs, random));
    events.push(...inHour.toSorted((a, b) => (String(a.time) < String(b.time) ? -1 : 1)));
  }
  return events;
}
