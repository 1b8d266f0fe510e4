/** What Next hands a page as its query. */
export type SearchParams = Promise<Readonly<Record<string, string | string[] | undefined>>>;

/** The values of a query that a link keeps, changes or (with `undefined`) drops. */
export type QueryValues = Readonly<Record<string, string | undefined>>;

/** Reads a page's query: the first value of each name, empty values left out. */
export async function readQuery(params: SearchParams): Promise<QueryValues> {
  const pairs = Object.entries(await params).map(([name, value]) => [name, Array.isArray(value) ? value[0] : value]);
  return Object.fromEntries(pairs.filter(([, value]) => value !== undefined && value !== ""));
}

/** Writes an address from a path and the query that it carries; names in alphabetical order, so one view has one address. */
export function href(path: string, query: QueryValues = {}): string {
  const given = Object.entries(query).flatMap(([name, value]) => (value ? [[name, value]] : []));
  const text = new URLSearchParams(given.sort(([a = ""], [b = ""]) => (a < b ? -1 : 1))).toString();
  return text === "" ? path : `${path}?${text}`;
}

/**
 * Reads where to go after signing in. Only a path of this console is taken, in visible ASCII without a backslash: what a
 * browser could read as another origin ("//host", "/\host", a scheme, a hidden tab) becomes the overview.
 */
export function safeNext(next: string | undefined): string {
  if (next === undefined || !/^\/[!-[\]-~]*$/.test(next)) return "/";
  const here = "http://console.invalid";
  if (!URL.canParse(next, here)) return "/";
  const { origin, pathname, search, hash } = new URL(next, here);
  return origin === here && !pathname.startsWith("//") ? `${pathname}${search}${hash}` : "/";
}
