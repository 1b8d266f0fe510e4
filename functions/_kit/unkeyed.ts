import { err, ok, type Result } from "@farthing/money";
import * as v from "valibot";
import { answering, type HttpHandler } from "./answering.ts";
import { readText } from "./body.ts";
import type { GatewayRequest } from "./gateway.ts";
import { note } from "./notes.ts";
import { parse } from "./parse.ts";
import { type Failure, problemReply } from "./problem.ts";
import { json, type Reply } from "./reply.ts";
import type { AnswerOf, Route, Schema } from "./route.ts";

/** What a request without an API key comes to its use case as; what it is let in by is in it. */
export interface UnkeyedCall<Path> {
  readonly path: Path;
  /** The body as it came, where the route takes one; it may nest as deeply as its size lets it. */
  readonly text: string;
  header(name: string): string;
}

type PathOf<R extends Route> = R["path"] extends Schema ? v.InferOutput<R["path"]> : undefined;

type Unkeyed<R extends Route, Answer> = (
  call: UnkeyedCall<PathOf<R>>,
) => Promise<Result<Answer, { readonly code: R["errors"][number] }>>;

function read<R extends Route>(route: R, request: GatewayRequest): Result<UnkeyedCall<PathOf<R>>, Failure> {
  const path = parse(route.path ?? v.strictObject({}), request.pathParameters ?? {}, "path");
  if (!path.ok) return path;
  const body = route.accepts === undefined ? ok({ text: "" }) : readText(request, route.accepts);
  if (!body.ok) return body;
  const header = (name: string) => request.headers[name] ?? "";
  // The route's own schema made the path, which the types of two functions cannot tell each other.
  return ok({ path: path.value as PathOf<R>, text: body.value.text, header });
}

function behindNothing<R extends Route, Answer>(
  route: R,
  useCase: Unkeyed<R, Answer>,
  reply: (answer: Answer) => Reply,
): HttpHandler & { readonly route: R } {
  const answer = async (request: GatewayRequest): Promise<Result<Answer, Failure>> => {
    const call = read(route, request);
    return call.ok ? useCase(call.value) : err(call.error);
  };
  return Object.assign(
    answering(route.route, async (request, context) => {
      const result = await answer(request);
      if (result.ok) return reply(result.value);
      note(context, { code: result.error.code });
      return problemReply(result.error, context.awsRequestId);
    }),
    { route },
  );
}

/** Answers a webhook of another system: it carries no API key, and the use case verifies who signed it. */
export function webhook<R extends Route>(
  route: R,
  useCase: Unkeyed<R, AnswerOf<R>>,
): HttpHandler & { readonly route: R } {
  return behindNothing(route, useCase, (answer) => json(200, v.parse(route.answer, answer)));
}

/** Answers a link that people follow, by leading on; what it is let in by is in the link. */
export function leadsOn<R extends Route>(
  route: R,
  useCase: Unkeyed<R, { readonly url: string }>,
): HttpHandler & { readonly route: R } {
  return behindNothing(route, useCase, ({ url }) => ({
    statusCode: 303,
    headers: { location: url, "cache-control": "no-store", "referrer-policy": "no-referrer" },
    body: "",
  }));
}
