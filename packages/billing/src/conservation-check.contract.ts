import type { Hour } from "@farthing/metering";
import { merchantId } from "@farthing/money";
import { describe, expect, test } from "vitest";
import type { ConservationCheck, ConservationChecks } from "./conservation-check.ts";

let tests = 0;

/** What every store of checks does. */
export function conservationChecksContract(name: string, open: () => ConservationChecks): void {
  describe(`${name}: checks of conservation`, () => {
    test("keep the last of each merchant", async () => {
      const checks = open();
      const merchant = merchantId(`Checks-${++tests}`);
      const check: ConservationCheck = {
        through: 498_000 as Hour,
        checkedAt: 1_795_000_000_123,
        gaps: [
          { hour: 497_000 as Hour, gap: 3 },
          { hour: 497_001 as Hour, gap: -1 },
        ],
      };
      expect(await checks.lastCheck(merchant)).toBeUndefined();
      await checks.saveCheck(merchant, check);
      await checks.saveCheck(merchantId(`${merchant}0`), { ...check, through: 5 as Hour });
      expect(await checks.lastCheck(merchant)).toEqual(check);
      const next = { through: 498_001 as Hour, checkedAt: 1_795_000_000_124, gaps: [] };
      await checks.saveCheck(merchant, next);
      expect(await checks.lastCheck(merchant)).toEqual(next);
    });
  });
}
