import { type Prices, timings } from "./prices.ts";
import { type UnitsByStep, unitsOf, type Workload } from "./units.ts";

/** What a step costs. Units: USD. */
export interface StepCost {
  readonly dynamodb: number;
  readonly gateway: number;
  readonly lambda: number;
  readonly queue: number;
}

/** What a workload costs from ingest to sealed invoice. Units: USD. */
export interface Cost {
  readonly units: UnitsByStep;
  readonly steps: Readonly<Record<keyof UnitsByStep, StepCost>>;
  readonly total: number;
  readonly perMillionEvents: number;
}

const million = 1_000_000;

/** Works out what a workload costs. Source: docs/cost.md. */
export function costOf(workload: Workload, prices: Prices): Cost {
  const units = unitsOf(workload);
  const { events, batch, customersAnHour, eventsACustomerHour } = workload;
  const perHour = customersAnHour * eventsACustomerHour;
  const hours = events / perHour;
  const requests = hours * Math.ceil(perHour / batch);
  const chunks = Math.floor(customersAnHour / 100) + 1;
  const seconds = {
    ingest: (requests * timings.requestMs) / 1000 + (events * timings.eventUs) / million,
    roll: (events * timings.rollEventUs) / million + (hours * customersAnHour * timings.statementMs) / 1000,
    settle: (customersAnHour * timings.settleCustomerMs) / 1000,
  };
  const runs = { ingest: requests, roll: hours, settle: chunks };
  // Sent, received and deleted: three requests a message; ingest has none.
  const messages = { ingest: 0, roll: 3 * hours, settle: 3 * chunks };
  const gigabytes = { ingest: timings.ingestGb, roll: timings.rollGb, settle: timings.settleGb };
  const step = (name: keyof UnitsByStep): StepCost => ({
    dynamodb:
      (units[name].write * prices.perMillionWriteUnits + units[name].read * prices.perMillionReadUnits) / million,
    gateway: name === "ingest" ? (requests * prices.perMillionHttpRequests) / million : 0,
    lambda:
      (runs[name] * prices.perMillionInvocations) / million + seconds[name] * gigabytes[name] * prices.perGbSecond,
    queue: (messages[name] * prices.perMillionMessages) / million,
  });
  const steps = { ingest: step("ingest"), roll: step("roll"), settle: step("settle") };
  const total = Object.values(steps).reduce((sum, { dynamodb, gateway, lambda, queue }) => {
    return sum + dynamodb + gateway + lambda + queue;
  }, 0);
  return { units, steps, total, perMillionEvents: (total / events) * million };
}
