import { type Random, seededRandom } from "../protocol/random.ts";
import { drawFilter, drawFlat, drawUnitPrice, zones } from "./draw-catalogue.ts";
import { type Pace, StoryDraft } from "./draw-story.ts";
import type { MeterRule, PlanRule, UnitPrice } from "./rules.ts";
import { day, hour, minute } from "./spans.ts";
import type { Story } from "./story.ts";

/** A meter of each aggregation, by its key. */
const aggregations = {
  requests: "count",
  bytes: "sum",
  largest: "max",
  smallest: "min",
  newest: "latest",
  readers: "unique_count",
  mean: "average",
  seats: "weighted_sum",
  stored: "sum_prorated",
  people: "unique_count_prorated",
} as const satisfies Readonly<Record<string, MeterRule["aggregation"]>>;
const meterKeys = Object.keys(aggregations) as (keyof typeof aggregations)[];

function drawMeter(random: Random, key: keyof typeof aggregations = random.pick(meterKeys)): MeterRule {
  const aggregation = aggregations[key];
  const { pick, chance } = random;
  const groupBy = pick([["region"], ["region"], ["region", "tier"], []]);
  const common = { key, groupBy, eventType: pick(["request", "file"]), ...(chance(0.3) ? drawFilter(random) : {}) };
  if (aggregation === "count") return { ...common, aggregation };
  if (aggregation.startsWith("unique")) return { ...common, aggregation, value: pick(["region", "tier", "size"]) };
  return { ...common, aggregation, value: pick(["size", "size", "weight"]) };
}

const pace: Pace = {
  apart: 5,
  drawMeter: (random) => drawMeter(random),
  firstMeters: (random) => meterKeys.map((key) => drawMeter(random, key)),
};

const rates: readonly ((random: Random) => UnitPrice["rate"])[] = [
  ({ pick }) => ({ model: "dynamic", multiplier: pick(["1", "1.1", "0.003"]) }),
  ({ pick }) => ({
    model: "capacity",
    tiers: [
      { upTo: "10", amount: pick(["0", "5"]) },
      { upTo: "1000.5", amount: "9.999999999999" },
      { upTo: null, amount: "40" },
    ],
  }),
  ({ pick }) => ({
    model: "graduated_percentage",
    tiers: [
      { upTo: "100", rate: "0.01", fixed: pick(["0", "0.2"]) },
      { upTo: null, rate: pick(["0.005", "0.000000000001"]), fixed: "0" },
    ],
  }),
  ({ pick }) => ({
    model: "matrix",
    dimension: "region",
    cells: [
      { value: "eu", unitPrice: pick(["0.0004", "3"]) },
      { value: "us", unitPrice: "0.000123456789" },
    ],
    otherwise: pick(["0", "0.15"]),
  }),
  ({ pick }) => ({
    model: "percentage",
    rate: pick(["0.029", "0.1"]),
    fixed: pick(["0", "0.3"]),
    ...pick([{}, { freeUnits: "3" }, { freeAmount: "500" }, { freeUnits: "20", freeAmount: "3000.5" }]),
    ...pick([{}, { minimum: "0.12" }, { minimum: "0.05", maximum: "12.5" }]),
  }),
];

/** A price of each model, each on a meter of its own drawing. */
function drawPrices(random: Random): readonly UnitPrice[] {
  const { pick } = random;
  const own = rates.map((rate, at): UnitPrice => {
    const drawn = rate(random);
    // Transactions are those of a meter that adds them up.
    const meter = drawn.model === "percentage" ? pick(["bytes", "requests"]) : pick(meterKeys);
    return { key: `own-${at}`, meter, rate: drawn };
  });
  const units = Array.from({ length: random.between(2, 4) }, (_, at) => {
    return { ...drawUnitPrice(random, `unit-${at}`), meter: pick(meterKeys) };
  });
  return [...own, ...units];
}

function drawPlans(random: Random): readonly PlanRule[] {
  return ["basic", "plus", "max"].map((key) => {
    const plan = {
      key,
      currency: random.pick(["USD", "EUR", "JPY", "KWD"]),
      interval: random.pick(["month", "month", "month", "day"] as const),
      units: drawPrices(random),
      flats: Array.from({ length: random.below(2) }, (_, at) => drawFlat(random, `flat-${at}`)),
    };
    return random.chance(0.3) ? { ...plan, minimumInvoice: random.pick(["0.5", "20"]) } : plan;
  });
}

/** Months in which clocks change somewhere, each the first of three. */
const beginnings = ["2026-03-01T05:00:00Z", "2026-09-01T17:00:00Z", "2026-10-01T00:00:00Z"];

/**
 * Draws three months and some days of one merchant, with prices of every model and meters of every aggregation, sealed as each
 * month is over; late facts, voids and replacements reach back over the ends of months. The seed decides all of it.
 */
export function drawQuarter(seed: number): Story {
  const random = seededRandom(seed * 7919);
  const begins = Date.parse(random.pick(beginnings)) + random.below(24) * hour;
  const customers = Array.from({ length: random.between(2, 3) }, (_, at) => ({
    id: `c${at}`,
    zone: random.pick(zones),
  }));
  const plans = drawPlans(random);
  const draft = new StoryDraft(random, { begins, customers }, pace);
  draft.opening();
  const closings = monthEnds(begins).map((end) => ({ through: end, at: end + random.between(14, 40) * hour }));
  const ends = (closings.at(-1)?.at ?? begins) + 2 * day;
  for (let at = begins + random.between(1, 60) * minute; at < ends; at = draft.later(at)) {
    const [next] = closings;
    if (next !== undefined && at > next.at && draft.add(next.at, { do: "settle", through: next.through, left: false }))
      closings.shift();
    draft.scene(at);
  }
  draft.add(ends, { do: "settle", through: ends, left: false });
  return { seed, begins, ends, customers, plans, scenes: draft.scenes };
}

/** The ends of three months in UTC; zones' own are some hours off. */
function monthEnds(begins: number): readonly number[] {
  const first = new Date(begins);
  return [1, 2, 3].map((months) => Date.UTC(first.getUTCFullYear(), first.getUTCMonth() + months, 1));
}
