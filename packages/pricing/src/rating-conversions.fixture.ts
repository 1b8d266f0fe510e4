import { fields, type RatingCase, text } from "./rating-cases.fixture.ts";

const roundings: Readonly<Record<string, string>> = {
  ceiling: "up",
  ceil: "up",
  floor: "down",
  half_up: "half_even",
  round: "half_even",
};

/** A conversion of a case in our words. */
export const converted = ({ op, factor, rounding }: RatingCase["config"]) => ({
  by: text(factor),
  op: text(op),
  round: roundings[text(rounding)] ?? "none",
});
/** The conversion that a case's price carries. */
export const converting = ({ config }: RatingCase) => ({ convert: converted(fields(config.convert)) });
