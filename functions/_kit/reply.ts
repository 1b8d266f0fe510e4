/** What a function answers the gateway with. */
export interface Reply {
  readonly statusCode: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

// Nothing that the API answers may lie in a cache: the next read shows what the last write changed.
const always = { "cache-control": "no-store" };
const jsonHeaders = { ...always, "content-type": "application/json" };

/** Answers with JSON; bigints become decimal strings. */
export function json(status: number, body: unknown, headers: Readonly<Record<string, string>> = {}): Reply {
  const text = JSON.stringify(body, (_, value: unknown) => (typeof value === "bigint" ? String(value) : value));
  return { statusCode: status, headers: { ...jsonHeaders, ...headers }, body: text };
}

/** Answers with what is JSON as it stands. Errors: throws on a bigint. */
export function exactJson(status: number, body: unknown): Reply {
  return { statusCode: status, headers: jsonHeaders, body: JSON.stringify(body) };
}

/** A file that a use case made. */
export interface FileAnswer {
  readonly name: string;
  readonly text: string;
}

/** Answers with a file to be saved under its name. */
export function file(contentType: string, { name, text }: FileAnswer): Reply {
  const disposition = `attachment; filename="${name.replace(/[^A-Za-z0-9_.-]/g, "_")}"`;
  const headers = { ...always, "content-type": contentType, "content-disposition": disposition };
  return { statusCode: 200, headers, body: text };
}
