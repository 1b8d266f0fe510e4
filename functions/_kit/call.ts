import { err, ok, type Result } from "@farthing/money";
import * as v from "valibot";
import { asksFor } from "./accept.ts";
import type { Caller } from "./authenticate.ts";
import { type NotRead, readJson, readText } from "./body.ts";
import { canonicalJson } from "./canonical.ts";
import { type CursorScope, type InvalidCursor, openCursor } from "./cursor.ts";
import type { Gate } from "./gate.ts";
import type { GatewayRequest } from "./gateway.ts";
import type { InvalidRequest } from "./invalid-request.ts";
import { parse } from "./parse.ts";
import { readQuery } from "./query.ts";
import type { Call, PageRequest, Route } from "./route.ts";

/** Why a request that was let in is not handed to its use case. */
export type NotCalled = NotRead | InvalidRequest | InvalidCursor;

/** A parsed request, where its pages go on, and what of its content makes it the same request again. */
export interface ReadCall {
  readonly call: Call;
  readonly scope: CursorScope;
  /** Spelled out only for a request with an idempotency key: that takes as long as parsing the body did. */
  readonly content: () => string;
}

const nothing = v.strictObject({});
const Limit = v.pipe(
  v.string(),
  v.regex(/^\d{1,3}$/, "A limit is a whole number from 1 to 500."),
  v.transform(Number),
  v.minValue(1, "A limit is a whole number from 1 to 500."),
  v.maxValue(500, "A limit is a whole number from 1 to 500."),
);
const Page = v.strictObject({ limit: v.optional(Limit, "50"), cursor: v.optional(v.string()) });

/**
 * Parses a request that was let in.
 *
 * Errors, in this order: `invalid_request` for the path, then for the query; `invalid_cursor`; those of the body;
 * `invalid_request` for the body.
 */
export async function readCall(
  gate: Gate,
  route: Route,
  request: GatewayRequest,
  caller: Caller,
): Promise<Result<ReadCall, NotCalled>> {
  const rawPath = decoded(request.pathParameters ?? {});
  const path = parse(route.path ?? nothing, rawPath, "path");
  if (!path.ok) return path;
  const asked = readQuery(request.rawQueryString);
  if (!asked.ok) return asked;
  const { page: rawPage, rest } = split(route, asked.value);
  const query = parse(route.query ?? nothing, rest, "query");
  if (!query.ok) return query;
  const scope = { route: route.route, path: rawPath, query: canonicalJson(rest) };
  const page = await readPage(gate, scope, rawPage, caller);
  if (!page.ok) return page;
  const body = readBody(route, request);
  if (!body.ok) return body;

  const { merchant, key, roles } = caller;
  const parsed = { path: path.value, query: query.value, body: body.value.parsed };
  const { text, mediaType } = body.value;
  const call = { merchant, key, roles, ...parsed, text, mediaType, page: page.value, receivedAt: gate.clock.now() };
  const { raw } = body.value;
  const form = route.orFile?.find((type) => asksFor(type, { over: "application/json" }, request.headers.accept));
  return ok({
    call: form === undefined ? call : { ...call, form },
    scope,
    content: () => canonicalJson([rawPath, rest, mediaType, raw]),
  });
}

/** An id never holds a percent sign, so one that does was handed on as it was sent. */
function decoded(parameters: Readonly<Record<string, string | undefined>>): Record<string, unknown> {
  const values = Object.entries(parameters).map(([name, value = ""]) => {
    const readable = value.includes("%") && /^(?:[^%]|%[0-7][0-9a-f])*$/i.test(value);
    return [name, readable ? decodeURIComponent(value) : value];
  });
  return Object.fromEntries(values);
}

function split(route: Route, asked: Readonly<Record<string, string>>) {
  if (route.paged !== true && route.parts !== true) return { page: {}, rest: asked };
  const { cursor, ...others } = asked;
  const { limit, ...rest } = route.paged === true ? others : { ...others, limit: undefined };
  const page = { ...(limit === undefined ? {} : { limit }), ...(cursor === undefined ? {} : { cursor }) };
  return { page, rest };
}

async function readPage(
  gate: Gate,
  scope: CursorScope,
  asked: Readonly<Record<string, string>>,
  { merchant }: Caller,
): Promise<Result<PageRequest, InvalidRequest | InvalidCursor>> {
  const page = parse(Page, asked, "query");
  if (!page.ok) return page;
  const { limit, cursor } = page.value;
  if (cursor === undefined) return ok({ limit });
  const after = openCursor(await gate.cursorSecret(merchant), scope, cursor);
  return after.ok ? ok({ limit, after: after.value }) : after;
}

interface ReadBody {
  readonly text: string;
  readonly mediaType: string;
  readonly raw: unknown;
  readonly parsed: unknown;
}

const notAnObject = { path: "", message: "The body is one JSON object." };
const noBody: ReadBody = { text: "", mediaType: "", raw: undefined, parsed: undefined };

function readBody(route: Route, request: GatewayRequest): Result<ReadBody, NotRead | InvalidRequest> {
  if (route.accepts !== undefined) {
    const body = readText(request, route.accepts);
    return body.ok ? ok({ ...body.value, raw: body.value.text, parsed: undefined }) : body;
  }
  if (route.body === undefined) return ok(noBody);
  const read = readJson(request);
  if (!read.ok) return read;
  const { text, value: raw } = read.value;
  // valibot takes an array for an object without its fields.
  if (Array.isArray(raw)) return err({ code: "invalid_request", issues: [notAnObject] });
  const parsed = parse(route.body, raw);
  if (!parsed.ok) return parsed;
  return ok({ text, mediaType: "application/json", raw, parsed: parsed.value });
}
