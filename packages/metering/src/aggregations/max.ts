import { compare } from "@farthing/money";
import { extreme } from "./extreme.ts";

/** The largest value. */
export const max = extreme((a, b) => compare(a, b) > 0);
