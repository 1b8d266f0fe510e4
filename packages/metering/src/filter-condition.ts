import { parseDecimal } from "@farthing/money";
import * as v from "valibot";

const Text = v.pipe(
  v.string(),
  v.maxLength(256),
  v.check((text) => text.isWellFormed()),
);
const NumberValue = v.pipe(
  v.number(),
  v.check((number) => parseDecimal(String(number)).ok),
);
const NumericText = v.pipe(
  v.string(),
  v.check((text) => parseDecimal(text).ok),
);

/** What a value is compared with. */
const Scalar = v.union([Text, NumberValue, v.boolean()]);
const Bound = v.union([NumberValue, NumericText]);

const operators = {
  eq: v.exactOptional(Scalar),
  in: v.exactOptional(v.pipe(v.array(Scalar), v.minLength(1), v.maxLength(100))),
  gt: v.exactOptional(Bound),
  gte: v.exactOptional(Bound),
  lt: v.exactOptional(Bound),
  lte: v.exactOptional(Bound),
  exists: v.exactOptional(v.boolean()),
};
const Operators = v.strictObject(operators);

/** What is asked of the value at one path; all its operators must hold. A value alone stands for `eq`. */
export const Condition = v.pipe(
  v.union(
    [Scalar, v.strictObject({ ...operators, not: v.exactOptional(v.union([Scalar, Operators])) })],
    "A condition is a value, or has operators of `eq in not gt gte lt lte exists`.",
  ),
  v.check(
    (condition) => typeof condition !== "object" || Object.keys(condition).length > 0,
    "A condition has an operator.",
  ),
);

/** What is asked of the value at one path; all its operators must hold. A value alone stands for `eq`. */
export type Condition = v.InferOutput<typeof Condition>;

/** A value that others are compared with. */
export type Scalar = v.InferOutput<typeof Scalar>;
