import { merchantId } from "@farthing/money";
import { describe, expect, test } from "vitest";
import { crashing } from "./faults.fixture.ts";
import { keptMeters } from "./kept-meters.ts";
import { memoryMeterSets } from "./memory.ts";
import { merchant, meters } from "./metering.fixture.ts";

async function sets() {
  const store = memoryMeterSets();
  await store.publishMeters(merchant, meters);
  return store;
}

describe("keptMeters", () => {
  test("reads each set once, and answers the same for one job", async () => {
    const { stores, calls } = crashing({ meters: await sets() });
    const kept = keptMeters(stores.meters);
    const other = merchantId("other");
    await Promise.all([kept.currentMeters(merchant), kept.currentMeters(merchant), kept.metersAt(merchant, 1)]);
    await kept.publishMeters(merchant, { revision: 2, meters: [] });
    expect((await kept.currentMeters(merchant)).revision).toBe(1);
    expect((await kept.metersAt(merchant, 2)).revision).toBe(2);
    expect((await kept.currentMeters(other)).revision).toBe(0);
    expect(calls).toEqual(["currentMeters", "metersAt", "publishMeters", "metersAt", "currentMeters"]);
  });

  test("asks again after a failure", async () => {
    const { stores } = crashing({ meters: await sets() }, { call: 1, when: "before" });
    const kept = keptMeters(stores.meters);
    await expect(kept.currentMeters(merchant)).rejects.toThrow();
    expect((await kept.currentMeters(merchant)).revision).toBe(1);
  });
});
