import { err, type Result } from "@farthing/money";
import { type PlanContent, priceLists } from "./plan.ts";
import { isMetered, type MeteredPrice } from "./price.ts";

/** A price is on a meter that the merchant does not have. */
export interface UnknownMeter {
  readonly code: "unknown_meter";
  readonly meter: string;
  readonly path: string;
}

/** A price is for a group that its meter does not have. */
export interface UnknownGroup {
  readonly code: "unknown_group";
  readonly group: string;
  readonly path: string;
}

/** The first price on a meter or a group that there is not; `known` has the groups of each meter by its key. */
export function meterProblem(
  content: Pick<PlanContent, "prices" | "phases">,
  known: ReadonlyMap<string, readonly string[]>,
): Result<never, UnknownMeter | UnknownGroup> | undefined {
  const all = priceLists(content).flatMap(({ at, prices }) =>
    prices.map((price, index) => ({ price, at: `${at}prices.${index}` })),
  );
  for (const { price, at } of all) {
    if (!isMetered(price)) continue;
    const { meter } = price;
    const groups = known.get(meter);
    if (groups === undefined) return err({ code: "unknown_meter", meter, path: `${at}.meter` });
    const strange = groupsNamed(price).find(({ name }) => !groups.includes(name));
    if (strange !== undefined)
      return err({ code: "unknown_group", group: strange.name, path: `${at}.${strange.path}` });
  }
  return undefined;
}

/** The names that a price tells usage apart by, and where it says so. */
function groupsNamed(price: MeteredPrice): readonly { readonly name: string; readonly path: string }[] {
  const dimensions = price.model === "matrix" ? price.dimensions : [];
  return [
    ...Object.keys(price.group ?? {}).map((name) => ({ name, path: `group.${name}` })),
    ...dimensions.map((name, index) => ({ name, path: `dimensions.${index}` })),
  ];
}
