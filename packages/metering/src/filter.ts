import { err, expectOk, ok, type Result } from "@farthing/money";
import * as v from "valibot";
import { Condition } from "./filter-condition.ts";

/** How deep filters nest, how many conditions one has, and how many of its parts `and` and `or` may list. */
const deepest = 5;
const mostConditions = 50;

/** A filter that was read: all of it must hold, and of `or` one part, where there is any. */
export interface FilterTree {
  readonly conditions: readonly (readonly [path: string, condition: Condition])[];
  readonly and: readonly FilterTree[];
  readonly or: readonly FilterTree[];
  readonly not: FilterTree | undefined;
}

/** A filter does not hold together; `path` leads to where, steps joined by dots. */
interface BadFilter {
  readonly code: "bad_filter";
  readonly message: string;
}

/**
 * Which events a meter takes: a condition for each path into `data`, and other filters by `and`, `or` and `not`; all must
 * hold. Kept as it was written. Source: docs/metering.md, "Filters".
 */
export const Filter = v.pipe(
  v.record(v.string(), v.unknown()),
  v.description("Conditions by their path into `data`, and filters joined by `and`, `or` and `not`; all must hold."),
  v.rawCheck(({ dataset, addIssue }) => {
    if (!dataset.typed) return;
    const tree = readTree(dataset.value, 1);
    if (!tree.ok) addIssue({ message: tree.error.message });
    else if (sizeOf(tree.value) > mostConditions)
      addIssue({ message: `A filter has at most ${mostConditions} conditions.` });
  }),
);

/** Which events a meter takes, as it was written. */
export type Filter = Readonly<v.InferOutput<typeof Filter>>;

const read = new WeakMap<Filter, FilterTree>();

/** Reads a filter that was checked when it was taken. Errors: throws on any other. */
export function filterTree(filter: Filter): FilterTree {
  const tree = read.get(filter) ?? expectOk(readTree(filter, 1));
  read.set(filter, tree);
  return tree;
}

const pathShape = /^[^.\s]+(?:\.[^.\s]+){0,9}$/u;

function readTree(value: unknown, depth: number): Result<FilterTree, BadFilter> {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return bad("A filter is an object.");
  if (depth > deepest) return bad(`Filters nest ${deepest} deep at most.`);
  if (Object.keys(value).length === 0) return bad("A filter has a condition.");
  const { and, or, not, ...conditions }: Readonly<Record<string, unknown>> = { ...value };
  const [all, any, none] = [readList("and", and, depth), readList("or", or, depth), readPart(not, depth)];
  const own = readConditions(conditions);
  if (!all.ok) return all;
  if (!any.ok) return any;
  if (!none.ok) return none;
  if (!own.ok) return own;
  return ok({ conditions: own.value, and: all.value, or: any.value, not: none.value });
}

function readPart(value: unknown, depth: number): Result<FilterTree | undefined, BadFilter> {
  return value === undefined ? ok(undefined) : readTree(value, depth + 1);
}

function readList(name: string, value: unknown, depth: number): Result<readonly FilterTree[], BadFilter> {
  if (value === undefined) return ok([]);
  if (!Array.isArray(value) || value.length === 0) return bad(`\`${name}\` lists filters.`);
  if (value.length > mostConditions) return bad(`A filter has at most ${mostConditions} conditions.`);
  const trees: FilterTree[] = [];
  for (const part of value) {
    const tree = readTree(part, depth + 1);
    if (!tree.ok) return tree;
    trees.push(tree.value);
  }
  return ok(trees);
}

function readConditions(conditions: Readonly<Record<string, unknown>>): Result<FilterTree["conditions"], BadFilter> {
  const found: [string, Condition][] = [];
  for (const [path, value] of Object.entries(conditions)) {
    if (path.length > 256 || !pathShape.test(path)) return bad("A path has up to ten steps joined by dots.");
    const condition = v.safeParse(Condition, value);
    if (!condition.success) return bad(`At ${path}: ${condition.issues[0].message}`);
    found.push([path, condition.output]);
  }
  return ok(found);
}

function bad(message: string): Result<never, BadFilter> {
  return err({ code: "bad_filter", message });
}

function sizeOf({ conditions, and, or, not }: FilterTree): number {
  const parts = [...and, ...or, ...(not === undefined ? [] : [not])];
  return conditions.length + parts.reduce((sum, part) => sum + sizeOf(part), 0);
}
