import { createHash } from "node:crypto";
import type { FileAnswer } from "./file-answer.ts";

/** What a function answers the gateway with. */
export interface Reply {
  readonly statusCode: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** The body is bytes, written in base64: the gateway sends them as they were. */
  readonly isBase64Encoded?: boolean;
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

/**
 * Answers with a file to be saved under its name. `next` is the address of its next part.
 *
 * The digest is of the bytes as they are saved. In base64 a body has a third more bytes whatever is in it, where JSON would
 * double some texts. Source: RFC 9530 (`Repr-Digest`), RFC 8288 (`Link`).
 */
export function file({ name, mediaType, content }: FileAnswer, next?: string): Reply {
  const bytes = Buffer.from(content);
  const headers = {
    ...always,
    "content-type": mediaType,
    "content-disposition": `attachment; filename="${name.replace(/[^A-Za-z0-9_.-]/g, "_")}"`,
    "repr-digest": `sha-256=:${createHash("sha256").update(bytes).digest("base64")}:`,
    ...(next === undefined ? {} : { link: `<${next}>; rel="next"` }),
  };
  return { statusCode: 200, headers, body: bytes.toString("base64"), isBase64Encoded: true };
}
