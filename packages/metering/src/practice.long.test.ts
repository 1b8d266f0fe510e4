import { expect, test } from "vitest";
import { type PractiseStores, practise } from "./practice.ts";

test("takes in every event that it made up, and asks the stores for a merchant that is none, whatever they answer", async () => {
  const asked: string[] = [];
  const fails = (name: string) => async () => {
    asked.push(name);
    throw new Error("no such merchant");
  };
  const stores: PractiseStores = {
    plans: { shardPlan: fails("plan") },
    meters: { currentMeters: fails("meters") },
    customers: { knownCustomers: fails("customers") },
    clock: { now: () => Date.UTC(2026, 10, 22, 10) },
  };
  expect(await practise(stores)).toBe(60_000);
  expect(asked).toEqual(["plan", "meters", "customers"]);
});
