import type { Random } from "../protocol/random.ts";
import type { MeterRule, PeriodPrice, PlanRule, UnitPrice } from "./rules.ts";

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

const meterKeys = ["requests", "bytes", "files", "seconds"] as const;

/** Draws a definition of one of the meters. */
export function drawMeter(random: Random, key: (typeof meterKeys)[number] = random.pick(meterKeys)): MeterRule {
  const groupBy = random.pick([[], ["region"], ["region"], ["region", "tier"]]);
  if (key === "requests") return { key, eventType: "request", aggregation: "count", groupBy };
  if (key === "files") return { key, eventType: "file", aggregation: "count", groupBy };
  const value = random.chance(0.8) ? "size" : "weight";
  if (key === "bytes") return { key, eventType: "request", aggregation: "sum", value, groupBy };
  return { key, eventType: random.pick(["file", "request"]), aggregation: "sum", value, groupBy };
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

function drawUnitPrice(random: Random, key: string): UnitPrice {
  const unitPrice = random.pick(["0.0004", "0.000123456789", "3", "0.15", "0.000000000001"]);
  const per = random.pick([{}, {}, { per: "1000000" }, { per: "3" }, { per: "0.7" }]);
  const group = random.pick([{}, {}, { group: { region: "eu" } }, { group: { region: "us", tier: "2" } }]);
  return { key, meter: random.pick(meterKeys), unitPrice, ...per, ...group };
}

function drawFlat(random: Random, key: string): PeriodPrice {
  return {
    key,
    amount: random.pick(["0.01", "5", "0.333333333333", "19.99"]),
    timing: random.pick(["in_advance", "in_arrears"]),
  };
}
