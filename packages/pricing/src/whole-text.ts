import * as v from "valibot";

/** A text of at least one character, none of them half of one: half a surrogate pair can be stored nowhere. */
export const wholeText = (maxLength: number) =>
  v.pipe(
    v.string(),
    v.minLength(1),
    v.maxLength(maxLength),
    v.check((text) => text.isWellFormed(), "The text holds half a character."),
  );

/** What people call a thing. */
export const NameText = wholeText(200);
