import { ok, type Result } from "@farthing/money";
import * as v from "valibot";
import { asksFor } from "./accept.ts";
import { authenticate } from "./authenticate.ts";
import { readCall } from "./call.ts";
import { type CursorScope, sealCursor } from "./cursor.ts";
import { FileAnswer } from "./file-answer.ts";
import type { Gate } from "./gate.ts";
import type { GatewayRequest } from "./gateway.ts";
import type { Facts } from "./notes.ts";
import { idempotencyKey, once } from "./once.ts";
import type { Failure } from "./problem.ts";
import { exactJson, file, json, type Reply } from "./reply.ts";
import type { AnswerOf, Call, CallOf, Route, UseCase } from "./route.ts";

/**
 * Takes a request through a route to its reply.
 *
 * Errors, in this order: those of the key, of path, query and cursor, of the body, of the idempotency key, of the use case.
 */
export async function answerRequest<R extends Route>(
  gate: Gate,
  route: R,
  useCase: UseCase<R>,
  request: GatewayRequest,
  note: (facts: Facts) => void,
): Promise<Result<Reply, Failure>> {
  const caller = await authenticate(gate, route.roles, request.headers.authorization);
  if (!caller.ok) return caller;
  note({ merchant: caller.value.merchant, key: caller.value.key });
  const key = idempotencyKey(route, request);
  if (!key.ok) return key;
  const read = await readCall(gate, route, request, caller.value);
  if (!read.ok) return read;

  return once(gate, route, read.value, { key: key.value, secret: caller.value.secret }, async (call) => {
    // The route's own schemas made the call, which the types of two functions cannot tell each other.
    const result = await useCase(call as CallOf<R>);
    if (!result.ok) return result;
    return ok(await show(gate, route, result.value, { call, request, scope: read.value.scope }));
  });
}

interface Asked {
  readonly call: Call;
  readonly request: GatewayRequest;
  readonly scope: CursorScope;
}

async function show<R extends Route>(
  gate: Gate,
  route: R,
  answer: AnswerOf<R>,
  { call, request, scope }: Asked,
): Promise<Reply> {
  const goOn = async (from: string) => sealCursor(await gate.cursorSecret(call.merchant), scope, from);
  if (route.file !== undefined || call.form !== undefined) {
    const part = v.parse(FileAnswer, answer);
    return file(part, part.next === undefined ? undefined : addressOf(request, await goOn(part.next)));
  }
  if (route.csv !== undefined && asksFor("text/csv", { over: "application/json" }, request.headers.accept))
    return file(route.csv(answer));
  const status = route.otherwise?.when(answer) ? route.otherwise.status : (route.status ?? 200);
  if (route.exact === true) return exactJson(status, answer);
  if (route.paged !== true && route.parts !== true) return json(status, v.parse(route.answer, answer));
  const { next, ...rest } = answer as { readonly items?: readonly unknown[]; readonly next?: string };
  const more = next === undefined ? {} : { nextCursor: await goOn(next) };
  if (route.paged !== true) return json(status, v.parse(route.answer, { ...rest, ...more }));
  return json(status, { items: v.parse(v.array(route.answer), rest.items), ...more });
}

/** The address that was asked, from another cursor on. */
function addressOf({ rawPath, rawQueryString }: GatewayRequest, cursor: string): string {
  const query = new URLSearchParams(rawQueryString);
  query.set("cursor", cursor);
  return `${rawPath}?${query}`;
}
