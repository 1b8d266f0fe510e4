/** What a query says by name, as `URLSearchParams` tells it. */
interface Query {
  get(name: string): string | null;
}

/** The page of a list that a reader is on or below. Of pages that fit, the one that says most of the address is meant. */
export function pageAt(pages: readonly string[], path: string, query: Query): string | undefined {
  return pages
    .filter((page) => fits(page, path, query))
    .toSorted((a, b) => b.length - a.length)
    .at(0);
}

function fits(page: string, path: string, query: Query): boolean {
  const [base = "", asked = ""] = page.split("?");
  if (asked !== "") {
    return path === base && [...new URLSearchParams(asked)].every(([name, value]) => query.get(name) === value);
  }
  return path === base || (base !== "/" && path.startsWith(`${base}/`));
}
