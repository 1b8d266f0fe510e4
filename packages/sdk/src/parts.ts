import type { Connection } from "./connection.ts";
import { getStream, type Query, withQuery } from "./request-json.ts";

/** Reads a file part after part, each as a response whose body is not read yet. Errors: throws `FarthingError`. Source: RFC 8288. */
export async function* partsOf(connection: Connection, path: string, query: Query): AsyncGenerator<Response, void> {
  let next: string | undefined = withQuery(path, { ...query, parts: true });
  while (next !== undefined) {
    const response: Response = await getStream(connection, next);
    yield response;
    next = /<([^>]*)>\s*;\s*rel="next"/.exec(response.headers.get("link") ?? "")?.[1];
  }
}
