import { describe, expect, test } from "vitest";
import { allRoles, permits, type Role } from "./role.ts";

describe("permits", () => {
  test.for<{ has: readonly Role[]; needs: readonly Role[]; opens: boolean }>([
    { has: ["read"], needs: ["read"], opens: true },
    { has: ["read"], needs: ["ingest", "read"], opens: true },
    { has: ["read"], needs: ["ingest"], opens: false },
    { has: ["ingest", "billing"], needs: ["billing"], opens: true },
    { has: ["admin"], needs: ["finance"], opens: true },
    { has: ["finance"], needs: ["admin"], opens: false },
    { has: [], needs: ["read"], opens: false },
    { has: ["read"], needs: [], opens: false },
  ])("$has for $needs: $opens", ({ has, needs, opens }) => {
    expect(permits(has, needs)).toBe(opens);
  });

  test("admin opens each door", () => {
    for (const role of allRoles) expect(permits(["admin"], [role])).toBe(true);
  });
});
