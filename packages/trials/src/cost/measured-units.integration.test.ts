import { expect, inject, test } from "vitest";
import { measureUnits } from "./measured-units.ts";
import { totalUnits, type Units, unitsOf, type Workload } from "./units.ts";

/** Within 5 % of what DynamoDB Local reports. */
function near(formula: number, reported: number): void {
  expect(reported).toBeGreaterThan(0);
  expect(Math.abs(formula / reported - 1)).toBeLessThanOrEqual(0.05);
}

const workloads: readonly (Workload & { readonly why: string })[] = [
  { why: "few events a customer, pages inside statements", ...of({ hours: 3, customers: 150, each: 6, batch: 300 }) },
  { why: "pages beside statements", ...of({ hours: 4, customers: 60, each: 100, batch: 500 }) },
  { why: "heavy customers, fingerprints beside as well", ...of({ hours: 3, customers: 10, each: 1000, batch: 1000 }) },
];

function of({ hours, customers, each, batch }: Readonly<Record<"hours" | "customers" | "each" | "batch", number>>) {
  return { events: hours * customers * each, batch, customersAnHour: customers, eventsACustomerHour: each };
}

test.for(workloads)("the formula holds from ingest to sealed invoice: $why", { timeout: 120_000 }, async (workload) => {
  const formula = unitsOf(workload);
  const reported = await measureUnits(inject("dynamoEndpoint"), workload);
  const steps = ["ingest", "roll", "settle"] as const;
  for (const step of steps) near(formula[step].write, reported[step].write);
  const [whole, seen]: Units[] = [totalUnits(formula), totalUnits(reported)];
  near(whole?.write ?? 0, seen?.write ?? 0);
  near(whole?.read ?? 0, seen?.read ?? 0);
});
