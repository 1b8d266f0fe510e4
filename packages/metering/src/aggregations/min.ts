import { compare } from "@farthing/money";
import { extreme } from "./extreme.ts";

/** The smallest value. */
export const min = extreme((a, b) => compare(a, b) < 0);
