import type { Plan } from "./plan.ts";
import type { PlanName, Plans } from "./ports.ts";

export { memoryTexts } from "./memory-texts.ts";

/** Keeps plans in memory: for tests. */
export function memoryPlans(): Plans {
  const byName = new Map<string, Plan[]>();
  const versions = ({ merchant, key }: PlanName): Plan[] => byName.get(`${merchant}#${key}`) ?? [];

  return {
    async currentPlan(name) {
      return versions(name).at(-1);
    },
    async planAt(name, version) {
      return versions(name).find((plan) => plan.version === version);
    },
    async addPlan(plan) {
      const earlier = versions(plan);
      if (earlier.length + 1 !== plan.version) return "taken";
      byName.set(`${plan.merchant}#${plan.key}`, [...earlier, plan]);
      return "added";
    },
    async plans(merchant, { limit, after = "" }) {
      const newest = [...byName.values()].flatMap((all) => all.slice(-1));
      const listed = newest.filter((plan) => plan.merchant === merchant && plan.key > after);
      const items = listed.sort((a, b) => (a.key < b.key ? -1 : 1)).slice(0, limit);
      const last = items.at(-1);
      return listed.length > limit && last !== undefined ? { items, next: last.key } : { items };
    },
  };
}
