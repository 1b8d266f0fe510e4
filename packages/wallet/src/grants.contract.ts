import { currency, customerId, decimal, type MerchantId, merchantId } from "@farthing/money";
import { describe, expect, test } from "vitest";
import type { Grant } from "./grant.ts";
import type { Grants } from "./ports.ts";

let tests = 0;
const fresh = (): MerchantId => merchantId(`Grants-${++tests}`);

function grantOf(merchant: MerchantId, customer: string, id: string, more: Partial<Grant> = {}): Grant {
  const times = { startsAt: 1_795_000_000_000, createdAt: 1_795_000_000_123 };
  const amount = { granted: decimal("0.000000000001"), currency: currency("USD"), priority: 50 };
  return { merchant, customer: customerId(customer), id, ...amount, ...times, ...more };
}

/** What every store of grants does; merchants are fresh in each test, so that one table serves all. */
export function grantsContract(name: string, open: () => Grants): void {
  describe(`${name}: grants`, () => {
    test("come back whole, each added once", async () => {
      const [grants, merchant] = [open(), fresh()];
      const rollOver = { maximum: decimal("12.5"), until: 1_799_000_000_000 };
      const scope = { plans: ["pro"], meters: ["__proto__", "é"] };
      const { currency: _, ...units } = grantOf(merchant, "a", "g2", { meter: "tokens", name: "Start" });
      const full = { ...units, granted: decimal("1e20"), expiresAt: 1_797_000_000_000, rollOver, scope };
      const plain = grantOf(merchant, "a", "g1");
      for (const one of [full, plain]) expect(await grants.addGrant(one)).toBe("added");
      expect(await grants.addGrant({ ...plain, granted: decimal("7") })).toBe("exists");
      const holder = { merchant, customer: plain.customer };
      expect(await grants.grant(holder, "g2")).toEqual(full);
      expect(await grants.grantsOf(holder)).toEqual([plain, full]);
    });

    test("are added by one of twenty at once", async () => {
      const [grants, merchant] = [open(), fresh()];
      const answers = await Promise.all(
        Array.from({ length: 20 }, () => grants.addGrant(grantOf(merchant, "a", "g1"))),
      );
      expect(answers.filter((answer) => answer === "added")).toHaveLength(1);
    });

    test("are none of a customer or merchant whose id begins alike", async () => {
      const [grants, merchant] = [open(), fresh()];
      for (const customer of ["c1", "c10", "c", "C1"]) await grants.addGrant(grantOf(merchant, customer, "g1"));
      const holder = { merchant, customer: customerId("c1") };
      expect(await grants.grantsOf(holder)).toEqual([grantOf(merchant, "c1", "g1")]);
      expect(await grants.grantsOf({ ...holder, merchant: fresh() })).toEqual([]);
      expect(await grants.grant(holder, "g")).toBeUndefined();
    });
  });
}
