import { err, ok, type Result } from "@farthing/money";
import type { InvalidRequest } from "./invalid-request.ts";
import type { Price, PriceBody } from "./price.ts";

/**
 * Gives each price a key that no other price of the plan has: its own, or one made of what it prices.
 *
 * Invoices continue a line from seal to seal by it, so it depends on nothing but the plan's content.
 * `at` is where in a plan the prices stand. Errors: `invalid_request` where two prices bring the same key.
 */
export function keyPrices(prices: readonly PriceBody[], at = ""): Result<readonly Price[], InvalidRequest> {
  const taken = new Set<string>();
  const issues: { path: string; message: string }[] = [];
  prices.forEach(({ key }, index) => {
    if (key === undefined) return;
    if (taken.has(key))
      issues.push({ path: `${at}prices.${index}.key`, message: "Another price of the plan has this key." });
    taken.add(key);
  });
  if (issues.length > 0) return err({ code: "invalid_request", issues });
  return ok(
    prices.map((price) => {
      const key = price.key ?? firstFree(madeKey(price), taken);
      taken.add(key);
      return { ...price, key };
    }),
  );
}

const longestMadeKey = 100;

function madeKey(price: PriceBody): string {
  if (!("meter" in price)) return price.model;
  const names = Object.entries(price.group ?? {}).sort(([a], [b]) => (a < b ? -1 : 1));
  const parts = [price.meter, ...names.map(([, value]) => value.replace(/[^A-Za-z0-9_.-]+/g, "-"))];
  return parts.join(":").slice(0, longestMadeKey);
}

function firstFree(base: string, taken: ReadonlySet<string>): string {
  if (!taken.has(base)) return base;
  let number = 2;
  while (taken.has(`${base}-${number}`)) number++;
  return `${base}-${number}`;
}
