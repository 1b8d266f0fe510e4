import * as v from "valibot";

/** A file that a use case made; `next` is where its next part begins. */
export const FileAnswer = v.object({
  name: v.string(),
  mediaType: v.string(),
  content: v.union([v.string(), v.custom<Uint8Array>((value) => value instanceof Uint8Array)]),
  next: v.optional(v.string()),
});
/** A file that a use case made. */
export type FileAnswer = v.InferOutput<typeof FileAnswer>;
