/** What a request's method and path lead to. */
export type RouteMatch<T> =
  | {
      readonly kind: "found";
      readonly key: string;
      readonly target: T;
      readonly parameters: Readonly<Record<string, string>>;
    }
  | { readonly kind: "wrong_method"; readonly allowed: readonly string[] }
  | { readonly kind: "unknown" }
  | { readonly kind: "malformed" };

/** Finds routes as the HTTP API does. */
export type RouteTable<T> = (method: string, path: string) => RouteMatch<T>;

interface Route<T> {
  readonly key: string;
  readonly method: string;
  readonly segments: readonly string[];
  readonly target: T;
}

const isParameter = (segment: string): boolean => segment.startsWith("{");
const isGreedy = (segment: string): boolean => segment.endsWith("+}");

function parse<T>(key: string, target: T): Route<T> {
  const [method = "", path = ""] = key.split(" ");
  return { key, method, segments: path.split("/").slice(1), target };
}

function fits<T>(route: Route<T>, path: readonly string[]): boolean {
  const last = route.segments.at(-1);
  const greedy = last !== undefined && isGreedy(last);
  if (greedy ? path.length < route.segments.length : path.length !== route.segments.length) return false;
  return route.segments.every((segment, at) => isParameter(segment) || segment === path[at]);
}

/** Plain segments first, then parameters, then a greedy rest; a named method before ANY. */
function rank<T>(route: Route<T>): string {
  const shape = route.segments.map((segment) => (isGreedy(segment) ? "2" : isParameter(segment) ? "1" : "0")).join("");
  return `${shape}${route.method === "ANY" ? "1" : "0"}`;
}

function parametersOf<T>(route: Route<T>, path: readonly string[]): Record<string, string> {
  const named = route.segments.flatMap((segment, at): [string, string][] => {
    if (!isParameter(segment)) return [];
    if (isGreedy(segment)) return [[segment.slice(1, -2), decodeURIComponent(path.slice(at).join("/"))]];
    return [[segment.slice(1, -1), decodeURIComponent(path[at] ?? "")]];
  });
  return Object.fromEntries(named);
}

function found<T>(route: Route<T>, path: readonly string[]): RouteMatch<T> {
  try {
    return { kind: "found", key: route.key, target: route.target, parameters: parametersOf(route, path) };
  } catch {
    return { kind: "malformed" };
  }
}

/**
 * Orders routes from the most to the least particular, `$default` last.
 *
 * Source: "Routing API requests" in the API Gateway developer guide. A known path with another method answers 405 here,
 * where AWS answers 404: the product promises 405, and without a `$default` route nobody else could say so.
 */
export function routeTable<T>(routes: readonly { readonly key: string; readonly target: T }[]): RouteTable<T> {
  const fallback = routes.find(({ key }) => key === "$default");
  const parsed = routes.filter(({ key }) => key !== "$default").map(({ key, target }) => parse(key, target));
  const ordered = parsed.toSorted((a, b) => (rank(a) < rank(b) ? -1 : 1));
  const plain = new Map(
    ordered.filter(({ segments }) => !segments.some(isParameter)).map((route) => [route.key, route]),
  );

  return (method, path) => {
    const exact = plain.get(`${method} ${path}`);
    if (exact !== undefined) return { kind: "found", key: exact.key, target: exact.target, parameters: {} };
    const segments = path.split("/").slice(1);
    const fitting = ordered.filter((route) => fits(route, segments));
    const route = fitting.find((candidate) => candidate.method === method || candidate.method === "ANY");
    if (route !== undefined) return found(route, segments);
    if (fallback !== undefined) return { kind: "found", key: "$default", target: fallback.target, parameters: {} };
    if (fitting.length === 0) return { kind: "unknown" };
    return { kind: "wrong_method", allowed: [...new Set(fitting.map((candidate) => candidate.method))].toSorted() };
  };
}
