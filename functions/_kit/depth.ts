const quote = 0x22;
const backslash = 0x5c;
const lineFeed = 0x0a;

/** What a byte outside of text does to the depth; no branch is taken for the many that do nothing. */
const steps = new Int8Array(256);
steps[0x7b] = steps[0x5b] = 1;
steps[0x7d] = steps[0x5d] = -1;

/**
 * Whether JSON nests more levels of objects and arrays than `limit`, told from its bytes before it is parsed.
 *
 * Text that is no JSON may be judged either way. With `byLine`, each line is a text of its own.
 */
export function deeperThan(bytes: Uint8Array, limit: number, byLine = false): boolean {
  let depth = 0;
  for (let at = 0; at < bytes.length; at++) {
    const byte = bytes[at] ?? 0;
    if (byte === quote) {
      at = textEnd(bytes, at + 1, byLine);
      // A text that a line breaks off is none, and the next line begins outside of it.
      if (byLine && bytes[at] === lineFeed) depth = 0;
    } else if (byte === lineFeed && byLine) depth = 0;
    else {
      depth += steps[byte] ?? 0;
      if (depth > limit) return true;
    }
  }
  return false;
}

/** Where the text ends that begins at `at`: at its quote, or by line at the end of the line. */
function textEnd(bytes: Uint8Array, at: number, byLine: boolean): number {
  let end = at;
  for (; end < bytes.length; end++) {
    const byte = bytes[end] ?? 0;
    if (byte === quote || (byLine && byte === lineFeed)) return end;
    if (byte === backslash) end++;
  }
  return end;
}
