import type { Plan } from "./plan.ts";
import type { Plans } from "./ports.ts";

/** Versions of plans for one job: they never change, so each is read once. */
export function keptPlans(plans: Pick<Plans, "planAt">): Pick<Plans, "planAt"> {
  const known = new Map<string, Promise<Plan | undefined>>();
  return {
    planAt: (name, version) => {
      const key = `${name.merchant}#${name.key}#${version}`;
      const found = known.get(key) ?? plans.planAt(name, version);
      known.set(key, found);
      found.catch(() => known.delete(key));
      return found;
    },
  };
}
