import { answerRequest } from "./answer-request.ts";
import { answering, type HttpHandler } from "./answering.ts";
import type { Gate } from "./gate.ts";
import { note } from "./notes.ts";
import { problemReply } from "./problem.ts";
import type { Route, UseCase } from "./route.ts";
import { gate } from "./services/gate.ts";

/** A handler that knows its route. */
export type RoutedHandler = HttpHandler & { readonly route: Route };

/** Answers a route with a use case: key, role, parsing, idempotency, problem documents and the log line come with it. */
export function http<R extends Route>(route: R, useCase: UseCase<R>): RoutedHandler {
  return httpBehind(gate, route, useCase);
}

/** As `http`, behind a gate of one's own. */
export function httpBehind<R extends Route>(gate: () => Gate, route: R, useCase: UseCase<R>): RoutedHandler {
  return Object.assign(
    answering(route.route, async (request, context) => {
      const reply = await answerRequest(gate(), route, useCase, request, (facts) => note(context, facts));
      if (reply.ok) return reply.value;
      note(context, { code: reply.error.code });
      return problemReply(reply.error, context.awsRequestId);
    }),
    { route },
  );
}
