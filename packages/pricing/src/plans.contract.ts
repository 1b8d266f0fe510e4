import { type MerchantId, merchantId } from "@farthing/money";
import { describe, expect, test } from "vitest";
import { type Plan, readPlanContent } from "./plan.ts";
import type { Plans } from "./ports.ts";

let tests = 0;
const fresh = (): MerchantId => merchantId(`Contract-${++tests}`);

function plan(merchant: MerchantId, key: string, version: number): Plan {
  const price = {
    model: "per_unit",
    meter: "m",
    unitPrice: "0.000000000001",
    per: "1000",
    group: { "a.b": "é\u{1F4B0}" },
  };
  const flat = { model: "flat", amount: "12345678901234567.89", timing: "in_arrears" };
  const body = { currency: "KWD", interval: "day", prices: [price, flat], minimumInvoice: "0.5", name: `v${version}` };
  return { ...readPlanContent(JSON.stringify(body)), merchant, key, version, createdAt: 1_700_000_000_000 + version };
}

/** What every store of plans does; merchants are fresh in each test, so that one table serves all. */
export function plansContract(name: string, open: () => Plans): void {
  describe(`plans ${name}`, () => {
    versionsContract(open);
    listsContract(open);
  });
}

function versionsContract(open: () => Plans): void {
  test("are found in their newest and in every version, exactly as they were", async () => {
    const [plans, merchant] = [open(), fresh()];
    for (const version of [1, 2, 3]) expect(await plans.addPlan(plan(merchant, "basic", version))).toBe("added");
    expect(await plans.currentPlan({ merchant, key: "basic" })).toEqual(plan(merchant, "basic", 3));
    for (const version of [1, 2, 3])
      expect(await plans.planAt({ merchant, key: "basic" }, version)).toEqual(plan(merchant, "basic", version));
  });

  test("are absent until they are added", async () => {
    const [plans, merchant] = [open(), fresh()];
    await plans.addPlan(plan(merchant, "basic", 1));
    expect(await plans.currentPlan({ merchant, key: "other" })).toBeUndefined();
    expect(await plans.currentPlan({ merchant: fresh(), key: "basic" })).toBeUndefined();
    expect(await plans.planAt({ merchant, key: "basic" }, 2)).toBeUndefined();
  });

  test("have each version once, and no gap", async () => {
    const [plans, merchant] = [open(), fresh()];
    await plans.addPlan(plan(merchant, "basic", 1));
    const rival = { ...plan(merchant, "basic", 1), name: "rival" };
    expect(await plans.addPlan(rival)).toBe("taken");
    expect(await plans.addPlan(plan(merchant, "basic", 3))).toBe("taken");
    expect(await plans.planAt({ merchant, key: "basic" }, 3)).toBeUndefined();
    expect(await plans.currentPlan({ merchant, key: "basic" })).toEqual(plan(merchant, "basic", 1));
  });

  test("take one of several writers at once", async () => {
    const [plans, merchant] = [open(), fresh()];
    const answers = await Promise.all([1, 2, 3].map(() => plans.addPlan(plan(merchant, "basic", 1))));
    expect(answers.filter((answer) => answer === "added").length).toBe(1);
    expect(await plans.addPlan(plan(merchant, "basic", 2))).toBe("added");
  });
}

function listsContract(open: () => Plans): void {
  test("tell keys and merchants apart by case", async () => {
    const [plans, merchant] = [open(), fresh()];
    await plans.addPlan(plan(merchant, "AbC", 1));
    expect(await plans.currentPlan({ merchant, key: "abc" })).toBeUndefined();
    const lower = merchantId(merchant.toLowerCase());
    expect(await plans.currentPlan({ merchant: lower, key: "AbC" })).toBeUndefined();
    expect((await plans.plans(lower, { limit: 10 })).items).toEqual([]);
  });

  test("are listed in their newest versions, in order of keys, page by page", async () => {
    const [plans, merchant] = [open(), fresh()];
    for (const key of ["b", "a", "B", "a:1", "c"]) await plans.addPlan(plan(merchant, key, 1));
    await plans.addPlan(plan(merchant, "a", 2));
    const seen: string[] = [];
    let after: string | undefined;
    do {
      const page = await plans.plans(merchant, { limit: 2, after });
      expect(page.items.length).toBeLessThanOrEqual(2);
      seen.push(...page.items.map(({ key, version }) => `${key} ${version}`));
      after = page.next;
    } while (after !== undefined);
    expect(seen).toEqual(["B 1", "a 2", "a:1 1", "b 1", "c 1"]);
    expect(await plans.plans(merchant, { limit: 5 })).not.toHaveProperty("next");
    expect(await plans.plans(fresh(), { limit: 5 })).toEqual({ items: [] });
  });
}
