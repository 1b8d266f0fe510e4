import { customerId, decimal } from "@farthing/money";
import fc from "fast-check";
import type { EventData, ExactJson, Fact, ParsedEvent, VoidFact } from "../event.ts";
import { numberOf } from "./plain-number.ts";

const text = (maxLength: number) => fc.string({ unit: "grapheme", maxLength });

const hex = fc.string({ unit: fc.constantFrom(..."0123456789abcdef"), minLength: 32, maxLength: 32 });

/** Ids of every form, and some that nearly have one. */
export const ids: fc.Arbitrary<string> = fc.oneof(
  hex,
  hex.map((id) => id.toUpperCase()),
  fc.uuid(),
  fc.integer({ min: 0, max: 20 }).map((n) => `evt_${n}`),
  fc.string({ unit: "grapheme", minLength: 1, maxLength: 40 }),
);

const digits = fc.string({ unit: fc.constantFrom(..."0123456789"), minLength: 1, maxLength: 14 });

/** Numbers of every kind that data may hold, in their one form. */
export const numbers: fc.Arbitrary<ExactJson> = fc.oneof(
  fc.integer(),
  fc.integer({ min: 0, max: 100 }),
  fc.maxSafeInteger().map((value) => numberOf(decimal(String(value)))),
  fc.tuple(fc.boolean(), digits, digits).map(([minus, a, b]) => numberOf(decimal(`${minus ? "-" : ""}${a}.${b}`))),
  fc
    .constantFrom("999999999999999999999999999999", "0.00000000000000000000000000001", "1e29", "-1e15", "1e-20", "0")
    .map((number) => numberOf(decimal(number))),
);

const leaf = fc.oneof(
  numbers,
  text(12),
  fc.constantFrom("eu", "us", "0.25", "-7", "1e400"),
  fc.boolean(),
  fc.constant(null),
);

const keys = fc
  .oneof(fc.constantFrom("qty", "region", "a.b", "0", "é", "𝒳", ""), text(6))
  .filter((key) => key !== "__proto__");

const { value } = fc.letrec<{ value: ExactJson }>((tie) => ({
  value: fc.oneof(
    { depthSize: "small", withCrossShrink: true },
    leaf,
    fc.array(tie("value"), { maxLength: 4 }),
    fc.dictionary(keys, tie("value"), { maxKeys: 4, noNullPrototype: true }),
  ),
}));

/** Data of every form; often flat, as most events are. */
export const data: fc.Arbitrary<EventData> = fc.oneof(
  fc.record({ qty: fc.integer({ min: 1, max: 100 }), region: fc.constantFrom("eu-west-1", "us-east-1") }),
  fc.dictionary(keys, value, { maxKeys: 6, noNullPrototype: true }),
  fc.record({ text: fc.string({ unit: "grapheme", minLength: 2000, maxLength: 8000 }) }),
);

const common = {
  id: ids,
  customer: fc.oneof(
    fc.integer({ min: 0, max: 3 }).map((n) => customerId(`cus_${n}`)),
    fc.stringMatching(/^[A-Za-z0-9_.:@-]{1,128}$/).map(customerId),
  ),
  source: fc.option(fc.string({ unit: "grapheme", minLength: 1, maxLength: 20 }), { nil: undefined }),
  time: fc.oneof(
    fc.integer({ min: 1_790_812_800_000, max: 1_790_816_399_999 }),
    fc.integer({ min: 497_447, max: 497_448 }).map((hour) => hour * 3_600_000),
    fc.maxSafeInteger().map((time) => Math.abs(time) % 8_640_000_000_000_000),
  ),
  serverTime: fc.boolean(),
} as const;

/** Any fact that a bundle can hold. */
export const facts: fc.Arbitrary<Fact> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record<ParsedEvent>({
      kind: fc.constant("event"),
      ...common,
      type: fc.oneof(
        fc.constantFrom("api_calls", "charge"),
        text(12).filter((type) => type !== ""),
      ),
      data,
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record<VoidFact>({
      kind: fc.constant("void"),
      ...common,
      reason: fc.option(text(20), { nil: undefined }),
    }),
  },
);

/** The bench's workload: random ids, three meters, four regions; times advance over an hour. */
export function benchFacts({
  count,
  customers,
  from = 0,
}: {
  count: number;
  customers: number;
  from?: number;
}): Fact[] {
  return Array.from({ length: count }, (_, i) => {
    const [h1, h2, h3] = [mix(from + i), mix(from + i + 0x10000), mix(from + i + 0x20000)];
    const words = [h1, h2, h3, mix(h1 ^ h3)].map((word) => word.toString(16).padStart(8, "0"));
    return {
      kind: "event",
      id: words.join(""),
      customer: customerId(`cus_${String(h1 % customers).padStart(6, "0")}`),
      type: ["api_calls", "tokens", "storage_gb"][h2 % 3] ?? "",
      source: undefined,
      time: 1_790_812_800_000 + (from + i) * 86,
      serverTime: false,
      data: { qty: 1 + ((h2 >>> 8) % 100), region: regions[h3 & 3] ?? "", status: (h1 >>> 12) & 1 ? 200 : 429 },
    };
  });
}

const regions = ["eu-west-1", "us-east-1", "ap-south-1", "us-west-2"] as const;

function mix(seed: number): number {
  let t = (seed + 0x9e3779b9) | 0;
  t = Math.imul(t ^ (t >>> 16), 0x21f0aaad);
  t = Math.imul(t ^ (t >>> 15), 0x735a2d97);
  return (t ^ (t >>> 15)) >>> 0;
}
