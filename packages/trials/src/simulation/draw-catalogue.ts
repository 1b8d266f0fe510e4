import type { Random } from "../protocol/random.ts";
import type { FilterRule, MeterRule, PeriodPrice, PlanRule, UnitPrice } from "./rules.ts";

/** Zones with changes of an hour and of half an hour, with offsets of quarters, and one whose days may lack midnight. */
export const zones = [
  "UTC",
  "Europe/Berlin",
  "Asia/Kolkata",
  "Asia/Kathmandu",
  "America/St_Johns",
  "America/New_York",
  "Australia/Lord_Howe",
  "Pacific/Chatham",
  "Africa/Cairo",
] as const;

/** The types of events; no meter takes the last. */
export const eventTypes = ["request", "request", "request", "file", "file", "noise"] as const;

const meterKeys = ["requests", "bytes", "files", "seconds", "level", "readers", "seats"] as const;

/** Draws a definition of one of the meters. */
export function drawMeter(random: Random, key: (typeof meterKeys)[number] = random.pick(meterKeys)): MeterRule {
  const groupBy = random.pick([[], ["region"], ["region"], ["region", "tier"]]);
  const common = { key, groupBy, ...drawFilter(random) };
  const value = random.pick(["size", "size", "size", "weight"]);
  if (key === "requests") return { ...common, eventType: "request", aggregation: "count" };
  if (key === "files") return { ...common, eventType: "file", aggregation: "count" };
  if (key === "bytes") return { ...common, eventType: "request", aggregation: "sum", value };
  const eventType = random.pick(["file", "request"]);
  if (key === "seconds") return { ...common, eventType, aggregation: "sum", value };
  if (key === "seats") return { ...common, eventType, aggregation: "weighted_sum", value };
  if (key === "readers")
    return { ...common, eventType, aggregation: "unique_count", value: random.pick(["region", "tier", "size"]) };
  return { ...common, eventType, aggregation: random.pick(["max", "min", "latest", "average"]), value };
}

/** Draws which events a meter takes; mostly all. */
export function drawFilter(random: Random): Pick<MeterRule, "filter"> {
  const conditions = random.pick<FilterRule["conditions"]>([
    { region: "eu" },
    { region: { in: ["us", "ap"] } },
    { region: { not: "us" }, tier: { exists: true } },
    { size: { gte: "10", lt: "1500" } },
    { weight: { exists: false }, tier: { eq: "2.5" } },
  ]);
  const or = [{ conditions: { size: { gt: "100" } } }, { conditions: { tier: { lte: "2" } } }];
  return random.pick([{}, {}, { filter: { conditions } }, { filter: { conditions, or } }]);
}

/** Draws the meters that a merchant begins with; there may be none. */
export function drawFirstMeters(random: Random): readonly MeterRule[] {
  return meterKeys.filter(() => random.chance(0.6)).map((key) => drawMeter(random, key));
}

/** Draws a merchant's price lists; they may price meters that are made later, or never. */
export function drawPlans(random: Random): readonly PlanRule[] {
  return ["basic", "plus", "max"].map((key) => {
    const plan = {
      key,
      currency: random.pick(["USD", "USD", "EUR", "JPY", "KWD"]),
      interval: random.pick(["day", "month", "month"] as const),
      units: Array.from({ length: random.between(1, 5) }, (_, at) => drawUnitPrice(random, `unit-${at}`)),
      flats: Array.from({ length: random.below(3) }, (_, at) => drawFlat(random, `flat-${at}`)),
    };
    return random.chance(0.3) ? { ...plan, minimumInvoice: random.pick(["0.5", "20", "1000"]) } : plan;
  });
}

/** Draws a price by unit, tier or package. */
export function drawUnitPrice(random: Random, key: string): UnitPrice {
  const { pick, chance } = random;
  const rate = drawRate(random);
  const per = rate.model === "package" ? {} : pick([{}, {}, { per: "1000000" }, { per: "3" }, { per: "0.7" }]);
  const group = pick([{}, {}, { group: { region: "eu" } }, { group: { region: "us", tier: "2" } }]);
  const convert = pick<Pick<UnitPrice, "convert">>([
    { convert: { by: "7", op: "divide" } },
    { convert: { by: "1024", op: "divide", round: "up" } },
    { convert: { by: "100", op: "divide", round: "half_even" } },
    { convert: { by: "1.5", op: "multiply", round: "down" } },
  ]);
  const free = pick([{ freeUnits: "10" }, { freeUnits: "2.5" }, { discount: "0.125" }, { maximum: "2.5" }]);
  const more = { ...(chance(0.25) ? convert : {}), ...(chance(0.25) ? free : {}) };
  return { key, meter: pick(meterKeys), rate, ...per, ...group, ...more };
}

function drawRate({ pick, chance }: Random): UnitPrice["rate"] {
  const unitPrices = ["0.0004", "0.000123456789", "3", "0.15", "0.000000000001"] as const;
  if (chance(0.6)) return { model: "per_unit", unitPrice: pick(unitPrices) };
  if (chance(0.3)) return { model: "package", size: pick(["5", "1000", "0.3"]), amount: pick(["0.07", "2"]) };
  const flat = () => pick(["0", "0", "0.333333333333"]);
  const tiers = [null, "10", "1000.5"].map((upTo) => ({ upTo, unitPrice: pick(unitPrices), flat: flat() }));
  const [open, ...bounded] = tiers;
  return { model: pick(["graduated", "volume"]), tiers: open === undefined ? bounded : [...bounded, open] };
}

/** Draws a price for each period. */
export function drawFlat(random: Random, key: string): PeriodPrice {
  return {
    key,
    amount: random.pick(["0.01", "5", "0.333333333333", "19.99"]),
    timing: random.pick(["in_advance", "in_arrears"]),
  };
}
