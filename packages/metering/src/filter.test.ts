import * as v from "valibot";
import { describe, expect, test } from "vitest";
import type { EventData } from "./event.ts";
import { eventColumn } from "./event-column.ts";
import { Filter, filterTree } from "./filter.ts";
import { filterRows } from "./filter-rows.ts";
import { event, origin, ten } from "./metering.fixture.ts";

/** Whether a filter takes an event: as it comes in, and out of a bundle. */
function takes(filter: Filter, data: EventData): boolean {
  const one = event("a", ten, { data });
  const tree = filterTree(v.parse(Filter, filter));
  const { bundle } = origin([event("b", ten, { data: { other: 1 } }), one]);
  const packed = filterRows(tree, (path) => bundle.column(path))(1);
  expect(filterRows(tree, (path) => eventColumn([one], path))(0)).toBe(packed);
  return packed;
}

const lite = { model: "lite", tokens: 20, cached: false, usage: { bytes: "1.50" }, list: [1], none: null };

describe("a filter", () => {
  test.for<{ filter: Filter; taken: boolean; why: string }>([
    { filter: { model: "lite" }, taken: true, why: "a value alone stands for eq" },
    { filter: { model: { eq: "lite" } }, taken: true, why: "eq" },
    { filter: { model: { eq: "Lite" } }, taken: false, why: "letters are told apart" },
    { filter: { tokens: 20 }, taken: true, why: "a number" },
    { filter: { tokens: "20" }, taken: true, why: "the same as text" },
    { filter: { tokens: 20.0, cached: false }, taken: true, why: "several paths must all hold" },
    { filter: { tokens: 20, cached: true }, taken: false, why: "one of them does not" },
    { filter: { "usage.bytes": "1.50" }, taken: true, why: "a path of two steps, text as it is written" },
    { filter: { "usage.bytes": 1.5 }, taken: false, why: "which is not how a number is written" },
    { filter: { "usage.bytes": { gte: "1.5", lte: 1.5 } }, taken: true, why: "but bounds compare numbers" },
    { filter: { model: { in: ["pro", "lite"] } }, taken: true, why: "in" },
    { filter: { model: { in: ["pro"] } }, taken: false, why: "not in" },
    { filter: { tokens: { in: [19, "20"] } }, taken: true, why: "in, of numbers and text" },
    { filter: { tokens: { gt: 20 } }, taken: false, why: "gt leaves the bound out" },
    { filter: { tokens: { gt: "19.999" } }, taken: true, why: "gt, and a decimal as text" },
    { filter: { tokens: { gte: 20 } }, taken: true, why: "gte takes the bound" },
    { filter: { tokens: { lt: 20 } }, taken: false, why: "lt leaves the bound out" },
    { filter: { tokens: { lt: 20.5, gt: 19 } }, taken: true, why: "between two bounds" },
    { filter: { tokens: { lte: 20 } }, taken: true, why: "lte takes the bound" },
    { filter: { model: { gt: 0 } }, taken: false, why: "what is no number lies on no side of a bound" },
    { filter: { model: { lte: 0 } }, taken: false, why: "nor on the other" },
    { filter: { gone: { lt: 1 } }, taken: false, why: "nor does what is missing" },
    { filter: { model: { exists: true } }, taken: true, why: "exists" },
    { filter: { model: { exists: false } }, taken: false, why: "exists, asked the other way" },
    { filter: { gone: { exists: false } }, taken: true, why: "what is missing does not exist" },
    { filter: { none: { exists: true } }, taken: false, why: "nor does null" },
    { filter: { usage: { exists: true } }, taken: true, why: "an object exists" },
    { filter: { list: { exists: true } }, taken: true, why: "and a list" },
    { filter: { usage: "[object Object]" }, taken: false, why: "but neither equals anything" },
    { filter: { model: { not: "pro" } }, taken: true, why: "not, of a value" },
    { filter: { model: { not: { in: ["lite"] } } }, taken: false, why: "not, of a condition" },
    { filter: { gone: { not: "lite" } }, taken: true, why: "what is missing is not it" },
    { filter: { not: { model: "lite" } }, taken: false, why: "not, of a filter" },
    { filter: { or: [{ model: "pro" }, { tokens: { gt: 10 } }] }, taken: true, why: "or" },
    { filter: { or: [{ model: "pro" }, { tokens: { gt: 20 } }] }, taken: false, why: "or, none of both" },
    { filter: { and: [{ tokens: { gt: 10 } }, { tokens: { lt: 30 } }] }, taken: true, why: "and" },
    { filter: { and: [{ tokens: { gt: 10 } }, { model: "pro" }] }, taken: false, why: "and, one of both" },
    {
      filter: { model: "lite", or: [{ tokens: 1 }, { not: { cached: true } }] },
      taken: true,
      why: "all of it together",
    },
    { filter: { model: "pro", or: [{ tokens: 20 }] }, taken: false, why: "a path and an or must both hold" },
  ])("$filter takes the event: $taken, $why", ({ filter, taken }) => {
    expect(takes(filter, lite)).toBe(taken);
  });

  const deep = (depth: number): unknown => (depth === 1 ? { a: 1 } : { not: deep(depth - 1) });
  const many = (size: number) => ({ and: Array.from({ length: size }, () => ({ a: 1 })) });

  test.for<{ filter: unknown; message: string | undefined; why: string }>([
    { filter: deep(5), message: undefined, why: "five deep" },
    { filter: deep(6), message: "Filters nest 5 deep at most.", why: "six deep" },
    { filter: many(50), message: undefined, why: "fifty conditions" },
    { filter: { ...many(50), b: 1 }, message: "A filter has at most 50 conditions.", why: "one more" },
    { filter: many(51), message: "A filter has at most 50 conditions.", why: "one more in a list" },
    { filter: {}, message: "A filter has a condition.", why: "nothing at all" },
    { filter: { not: {} }, message: "A filter has a condition.", why: "nothing inside" },
    { filter: { or: [] }, message: "`or` lists filters.", why: "an empty list" },
    { filter: { and: { a: 1 } }, message: "`and` lists filters.", why: "no list" },
    { filter: { not: [{ a: 1 }] }, message: "A filter is an object.", why: "a list for one" },
    { filter: { "a..b": 1 }, message: "A path has up to ten steps joined by dots.", why: "an empty step" },
    { filter: { "": 1 }, message: "A path has up to ten steps joined by dots.", why: "an empty path" },
    {
      filter: { a: null },
      message: "At a: A condition is a value, or has operators of `eq in not gt gte lt lte exists`.",
      why: "null",
    },
    { filter: { a: {} }, message: "At a: A condition has an operator.", why: "an empty condition" },
    { filter: { a: { is: 1 } }, message: "At a: ", why: "an operator that is none" },
    { filter: { a: { gt: "much" } }, message: "At a: ", why: "a bound that is no number" },
    { filter: { a: { in: [] } }, message: "At a: ", why: "no value" },
    { filter: { a: { not: { not: 1 } } }, message: "At a: ", why: "not of not" },
    { filter: { a: "x".repeat(257) }, message: "At a: ", why: "a long text" },
  ])("is refused or not: $why", ({ filter, message }) => {
    const parsed = v.safeParse(Filter, filter);
    expect(parsed.success).toBe(message === undefined);
    if (message !== undefined) expect(parsed.issues?.[0].message).toContain(message);
  });
});
