const known = new Map<string, string>();

/** How many texts are kept, and how long one may be, so that the table stays some hundreds of kilobytes. */
const mostTexts = 4096;
const longest = 256;

/**
 * The one string that stands for all equal texts: types, regions and keys come back in thousands of bundles, and strings that
 * are the same object are compared and hashed without being read.
 */
export function intern(text: string): string {
  if (text.length > longest) return text;
  const one = known.get(text);
  if (one !== undefined) return one;
  if (known.size >= mostTexts) known.clear();
  known.set(text, text);
  return text;
}
