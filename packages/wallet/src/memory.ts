import type { Grant } from "./grant.ts";
import type { Grants, Holder } from "./ports.ts";

/** Keeps grants in memory: for tests. */
export function memoryGrants(): Grants {
  const byHolder = new Map<string, Grant[]>();
  const held = ({ merchant, customer }: Holder): readonly Grant[] => byHolder.get(`${merchant}#${customer}`) ?? [];

  return {
    async addGrant(grant) {
      const all = held(grant);
      if (all.some(({ id }) => id === grant.id)) return "exists";
      const sorted = [...all, structuredClone(grant)].sort((a, b) => (a.id < b.id ? -1 : 1));
      byHolder.set(`${grant.merchant}#${grant.customer}`, sorted);
      return "added";
    },
    async grant(holder, id) {
      return held(holder).find((grant) => grant.id === id);
    },
    async grantsOf(holder) {
      return held(holder);
    },
  };
}
