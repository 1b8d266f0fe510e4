/** Turns "accept-events" into "AcceptEvents": construct ids, and so logical ids, take no hyphens. */
export function constructId(...words: readonly string[]): string {
  return words
    .join("-")
    .split(/[^A-Za-z0-9]+/)
    .filter((word) => word !== "")
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join("");
}
