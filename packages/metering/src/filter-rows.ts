import { compare, type Decimal, decimal, decimalOf, formatDecimal } from "@farthing/money";
import type { Column } from "./codec/bundle.ts";
import type { FilterTree } from "./filter.ts";
import type { Condition, Scalar } from "./filter-condition.ts";
import { pathSteps } from "./meter.ts";

/** Whether a row is taken. */
export type RowTest = (row: number) => boolean;

/** Finds what stands at a path in every row. */
export type ColumnAt = (path: readonly string[]) => Column;

/**
 * Makes a filter ready for the rows of one bundle: its columns are looked up once.
 *
 * Values are compared as group values are written, so 1 and "1" are equal; `gt` and its like compare numbers, and no value
 * that is none passes them. Source: docs/metering.md, "Filters".
 */
export function filterRows({ conditions, and, or, not }: FilterTree, columnAt: ColumnAt): RowTest {
  const tests = conditions.map(([path, condition]) => conditionTest(condition, columnAt(pathSteps(path))));
  for (const part of and) tests.push(filterRows(part, columnAt));
  if (or.length > 0) tests.push(anyOf(or.map((part) => filterRows(part, columnAt))));
  if (not !== undefined) tests.push(negated(filterRows(not, columnAt)));
  return allOf(tests);
}

function conditionTest(condition: Condition, column: Column): RowTest {
  if (typeof condition !== "object") return oneOf([condition], column);
  const { eq, in: values, exists, ...bounds } = condition;
  const not = "not" in condition ? condition.not : undefined;
  const tests: RowTest[] = [];
  if (eq !== undefined) tests.push(oneOf([eq], column));
  if (values !== undefined) tests.push(oneOf(values, column));
  if (not !== undefined) tests.push(negated(conditionTest(not, column)));
  if (exists !== undefined) tests.push((row) => (column.quantityAt(row) !== "missing") === exists);
  for (const [name, holds] of comparisons) {
    const bound = bounds[name];
    if (bound !== undefined) tests.push(boundTest(column, decimal(String(bound)), holds));
  }
  return allOf(tests);
}

const comparisons = [
  ["gt", (order: number) => order > 0],
  ["gte", (order: number) => order >= 0],
  ["lt", (order: number) => order < 0],
  ["lte", (order: number) => order <= 0],
] as const;

function boundTest(column: Column, bound: Decimal, holds: (order: number) => boolean): RowTest {
  return (row) => {
    const quantity = column.quantityAt(row);
    if (typeof quantity === "string") return false;
    return holds(compare(typeof quantity === "number" ? decimalOf(quantity) : quantity, bound));
  };
}

function oneOf(values: readonly Scalar[], column: Column): RowTest {
  const texts = new Set(values.map(textOf));
  return (row) => {
    const text = column.textAt(row);
    return text !== undefined && texts.has(text);
  };
}

function textOf(value: Scalar): string {
  return typeof value === "number" ? formatDecimal(decimal(String(value))) : String(value);
}

function allOf(tests: readonly RowTest[]): RowTest {
  const [only] = tests;
  return tests.length === 1 && only !== undefined ? only : (row) => tests.every((test) => test(row));
}

function anyOf(tests: readonly RowTest[]): RowTest {
  return (row) => tests.some((test) => test(row));
}

function negated(test: RowTest): RowTest {
  return (row) => !test(row);
}
