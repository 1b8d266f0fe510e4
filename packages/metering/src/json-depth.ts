const quote = 0x22;
const backslash = 0x5c;

/** What a letter outside of strings does to the depth; no branch is taken for the many that do nothing. */
const steps = new Int8Array(256);
steps[0x7b] = steps[0x5b] = 1;
steps[0x7d] = steps[0x5d] = -1;

/**
 * Whether JSON nests more levels of objects and arrays than `limit`, told from its letters before it is parsed.
 *
 * Text that is no JSON may be judged either way.
 */
export function deeperThan(text: string, limit: number): boolean {
  let depth = 0;
  for (let at = 0; at < text.length; at++) {
    const letter = text.charCodeAt(at);
    if (letter === quote) at = stringEnd(text, at + 1);
    else {
      depth += steps[letter] ?? 0;
      if (depth > limit) return true;
    }
  }
  return false;
}

/** Where the string ends that begins at `at`: at its quote. */
function stringEnd(text: string, at: number): number {
  let end = at;
  for (; end < text.length; end++) {
    const letter = text.charCodeAt(end);
    if (letter === quote) return end;
    if (letter === backslash) end++;
  }
  return end;
}
