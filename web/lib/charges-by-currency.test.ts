import type { Usage } from "@farthing/sdk";
import { expect, test } from "vitest";
import { chargesByCurrency } from "./charges-by-currency.ts";

const moment = { from: "2026-11-01T00:00:00Z", to: "2026-11-02T00:00:00Z" };

function charges(...rows: readonly (readonly [currency: string | undefined, value: string])[]): Usage {
  const group = (currency: string | undefined) => (currency === undefined ? {} : { group: { currency } });
  return {
    ...moment,
    meter: "charge",
    window: "day",
    groupBy: ["currency"],
    asOf: moment.to,
    rows: rows.map(([currency, value]) => ({ ...moment, ...group(currency), value })),
  };
}

test("amounts of two currencies never meet", () => {
  const parts = chargesByCurrency(charges(["USD", "0.0004"], ["EUR", "1"], ["USD", "2"]));
  expect(parts.map(({ meter }) => meter.unit)).toEqual(["EUR", "USD"]);
  expect(parts.map(({ answer }) => answer.rows.map(({ value }) => value))).toEqual([["1"], ["0.0004", "2"]]);
});

test("without charges there is nothing to draw", () => {
  expect(chargesByCurrency(charges())).toEqual([]);
  expect(chargesByCurrency(charges([undefined, "0"]))).toEqual([]);
});
