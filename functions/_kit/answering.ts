import middy from "@middy/core";
import type { Context } from "aws-lambda";
import type { GatewayRequest } from "./gateway.ts";
import { observed } from "./observed.ts";
import type { Reply } from "./reply.ts";

/** A function behind the gateway. */
export type HttpHandler = (request: GatewayRequest, context: Context) => Promise<Reply>;

/** Wraps what every function behind the gateway shares. */
export function answering(route: string, answer: HttpHandler): HttpHandler {
  const handler = middy<GatewayRequest, Reply>({
    // Sooner than the function's own end, which the caller would see as a failure without a word.
    timeoutEarlyInMillis: 500,
    timeoutEarlyResponse: () => {
      throw Object.assign(new Error("out of time"), { name: "TimeoutError" });
    },
  })
    .use(observed(route))
    .handler(answer);
  return async (request, context) => {
    const reply = await handler(request, context);
    return { ...reply, headers: { ...reply.headers, "x-request-id": context.awsRequestId } };
  };
}
