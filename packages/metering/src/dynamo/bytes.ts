import * as v from "valibot";

/** A binary attribute of a stored item. */
export const Bytes = v.custom<Uint8Array>((value) => value instanceof Uint8Array);
