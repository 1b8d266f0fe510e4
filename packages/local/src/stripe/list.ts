import type { Call } from "./call.ts";
import { textOf, textsOf } from "./form.ts";
import { invalid } from "./refusal.ts";
import { type Expand, inside } from "./wire.ts";

interface Listed {
  readonly id: string;
  readonly created: number;
}

const [usualLimit, largestLimit] = [10, 100];

/**
 * Answers a page of a list, newest first: `limit`, `starting_after` and `created[gte|gt|lt|lte]`.
 *
 * Source: Stripe's API, "Pagination".
 */
export function list<T extends Listed>(
  { form, expand }: Pick<Call, "form" | "expand">,
  url: string,
  things: readonly T[],
  show: (thing: T, expand: Expand) => unknown,
) {
  const limit = Number(textOf(form, "limit") ?? usualLimit);
  if (!Number.isInteger(limit) || limit < 1 || limit > largestLimit)
    throw invalid("This value must be between 1 and 100.", { param: "limit" });
  const found = things.filter((thing) => isWithin(thing, textsOf(form, "created"))).toReversed();
  const after = textOf(form, "starting_after");
  const place = after === undefined ? -1 : found.findIndex(({ id }) => id === after);
  if (after !== undefined && place < 0) throw invalid(`No such object: '${after}'`, { param: "starting_after" });
  const page = found.slice(place + 1, place + 1 + limit);
  const data = page.map((thing) => show(thing, inside(expand, "data") ?? []));
  return { object: "list", data, has_more: place + 1 + limit < found.length, url };
}

function isWithin({ created }: Listed, { gte, gt, lt, lte }: Readonly<Record<string, string>>): boolean {
  const holds = (bound: string | undefined, test: (limit: number) => boolean) =>
    bound === undefined || test(Number(bound));
  return (
    holds(gte, (limit) => created >= limit) &&
    holds(gt, (limit) => created > limit) &&
    holds(lt, (limit) => created < limit) &&
    holds(lte, (limit) => created <= limit)
  );
}
