import { deeperThan } from "@farthing/metering";
import { err, ok, type Result } from "@farthing/money";
import type { GatewayRequest } from "./gateway.ts";
import type { InvalidRequest } from "./invalid-request.ts";
import { strangeContent } from "./own-keys.ts";
import { type NotUnpacked, unpack } from "./unpack.ts";

/** Why a body could not be read. */
export type NotRead =
  | NotUnpacked
  | { readonly code: "unsupported_media_type"; readonly accepts: readonly string[] }
  | { readonly code: "too_deep" | "invalid_json" };

/** A body as text, and what it says it is: in lower case, without parameters. */
export interface TextBody {
  readonly mediaType: string;
  readonly text: string;
}

/** How large a body may be as it arrives. A function is handed 6 MB at most, of which base64 leaves four and a half. */
export const largestWireBytes = 4 * 1024 * 1024;

/** How many levels a body may nest that is read as a whole; whoever reads one as text looks at its depth. */
export const deepest = 64;

const byteOrderMark = "\ufeff";
const utf8 = new TextDecoder("utf-8", { fatal: true });

/**
 * Reads a request's body into text.
 *
 * Errors, in this order: `unsupported_media_type`, `unsupported_encoding`, `payload_too_large` (on the wire, then
 * unpacked), `invalid_encoding`, `invalid_json` where it is not UTF-8.
 */
export function readText(request: GatewayRequest, accepts: readonly string[]): Result<TextBody, NotRead> {
  const mediaType = mediaTypeOf(request.headers["content-type"] ?? "");
  if (mediaType === undefined || !accepts.includes(mediaType)) return err({ code: "unsupported_media_type", accepts });
  const { body = "", isBase64Encoded } = request;
  const encoding = request.headers["content-encoding"] ?? "";
  if (!isBase64Encoded && encoding === "") return readPlain(mediaType, body);
  const wire = Buffer.from(body, isBase64Encoded ? "base64" : "utf8");
  if (wire.length > largestWireBytes) return err({ code: "payload_too_large" });
  const unpacked = unpack(encoding, wire);
  if (!unpacked.ok) return unpacked;
  const text = decode(unpacked.value);
  return text === undefined ? err({ code: "invalid_json" }) : ok({ mediaType, text });
}

/** A body that the gateway has made text of already: made into bytes and back it would be the same. */
function readPlain(mediaType: string, body: string): Result<TextBody, NotRead> {
  if (Buffer.byteLength(body) > largestWireBytes) return err({ code: "payload_too_large" });
  return ok({ mediaType, text: (body.startsWith(byteOrderMark) ? body.slice(1) : body).toWellFormed() });
}

/** A body that is one JSON value, and its text, in which every digit of a number still stands. */
export interface JsonBody {
  readonly text: string;
  readonly value: unknown;
}

/**
 * Reads a body that is one JSON value.
 *
 * Errors: as `readText`; then `too_deep`, `invalid_json`; then `invalid_request` for names and text that nothing of ours may hold.
 */
export function readJson(request: GatewayRequest): Result<JsonBody, NotRead | InvalidRequest> {
  const body = readText(request, ["application/json"]);
  if (!body.ok) return body;
  if (deeperThan(body.value.text, deepest)) return err({ code: "too_deep" });
  const parsed = parse(body.value.text);
  if (!parsed.ok) return parsed;
  const issue = strangeContent(parsed.value);
  const { text } = body.value;
  return issue === undefined ? ok({ text, value: parsed.value }) : err({ code: "invalid_request", issues: [issue] });
}

function mediaTypeOf(header: string): string | undefined {
  const [type = "", ...parameters] = header.toLowerCase().split(";");
  const charset = parameters.map((parameter) => parameter.trim()).find((parameter) => parameter.startsWith("charset="));
  const readable = charset === undefined || /^charset="?utf-?8"?$/.test(charset);
  return readable ? type.trim() : undefined;
}

function decode(bytes: Uint8Array): string | undefined {
  try {
    return utf8.decode(bytes);
  } catch {
    return undefined;
  }
}

function parse(text: string): Result<unknown, NotRead> {
  try {
    return ok(JSON.parse(text) as unknown);
  } catch {
    // The error repeats a piece of the body, so it goes no further.
    return err({ code: "invalid_json" });
  }
}
