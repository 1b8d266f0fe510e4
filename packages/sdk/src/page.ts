import type { Connection } from "./connection.ts";
import { getJson, type Query } from "./request-json.ts";

/** One page of a list; `nextCursor` is there while more follow. */
export interface Page<T> {
  readonly items: readonly T[];
  readonly nextCursor?: string;
}

/** Which page: at most 500 items, 50 when left out, after a cursor of the page before. */
export interface PageQuery {
  readonly limit?: number;
  readonly cursor?: string;
}

/** Reads one page. Errors: throws `FarthingError`. */
export function getPage<T>(connection: Connection, path: string, query: Query & PageQuery): Promise<Page<T>> {
  return getJson<Page<T>>(connection, path, query);
}

/** Reads a list to its end, a page at a time and only as far as it is consumed. Errors: throws `FarthingError`. */
export async function* eachOf<T>(
  connection: Connection,
  path: string,
  query: Query & PageQuery,
): AsyncGenerator<T, void> {
  let cursor = query.cursor;
  do {
    const page = await getPage<T>(connection, path, {
      limit: 500,
      ...query,
      ...(cursor === undefined ? {} : { cursor }),
    });
    yield* page.items;
    cursor = page.nextCursor;
  } while (cursor !== undefined);
}
