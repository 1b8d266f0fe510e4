import { customerId, type MerchantId, merchantId } from "@farthing/money";
import { describe, expect, test } from "vitest";
import type { CouponApplication, CouponApplications } from "./coupon-application.ts";

const at = 1_795_000_000_123;
let tests = 0;
const fresh = (): MerchantId => merchantId(`Coupons-${++tests}`);

function applied(merchant: MerchantId, customer: string, coupon: string, start = at): CouponApplication {
  const cycle = { interval: "month", timezone: "Asia/Kolkata" } as const;
  const id = `cpn_${customer}_${coupon}`;
  return { merchant, customer: customerId(customer), id, coupon, couponVersion: 3, start, cycle };
}

/** What every store of applied coupons does. */
export function couponApplicationsContract(name: string, open: () => CouponApplications): void {
  describe(`${name}: applied coupons`, () => {
    test("are applied once to a customer, and come by the time of it", async () => {
      const [store, merchant] = [open(), fresh()];
      const [late, early] = [applied(merchant, "a", "X", at + 1), applied(merchant, "a", "Y")];
      expect(await store.applyCoupon(late, undefined)).toBe("applied");
      expect(await store.applyCoupon({ ...late, couponVersion: 4 }, undefined)).toBe("exists");
      expect(await store.applyCoupon(early, 1)).toBe("applied");
      expect(await store.applyCoupon(early, 1)).toBe("exists");
      expect(await store.applicationsOf(merchant, early.customer)).toEqual([early, late]);
      for (const other of ["a1", "A"]) expect(await store.applicationsOf(merchant, customerId(other))).toEqual([]);
    });

    test("end once", async () => {
      const [store, merchant] = [open(), fresh()];
      const one = applied(merchant, "a", "X");
      await store.applyCoupon(one, undefined);
      expect(await store.removeCoupon(one, at + 5)).toEqual({ ...one, removedAt: at + 5 });
      expect(await store.removeCoupon(one, at + 9)).toEqual({ ...one, removedAt: at + 5 });
      expect(await store.applicationsOf(merchant, one.customer)).toEqual([{ ...one, removedAt: at + 5 }]);
      expect(await store.applyCoupon(one, undefined)).toBe("exists");
    });

    test("are given to as many customers as the coupon says, whoever asks at once", async () => {
      const [store, merchant] = [open(), fresh()];
      const asked = Array.from({ length: 8 }, (_, index) => applied(merchant, `c${index}`, "X"));
      const answers = await Promise.all(asked.map((one) => store.applyCoupon(one, 3)));
      expect(answers.filter((answer) => answer === "applied")).toHaveLength(3);
      expect(await store.applyCoupon(applied(merchant, "c9", "X"), 3)).toBe("exhausted");
      expect(await store.applyCoupon(applied(merchant, "c9", "Y"), 3)).toBe("applied");
      expect(await store.applyCoupon(applied(merchant, "c9", "X"), 4)).toBe("applied");
    });
  });
}
