import type { MiddlewareObj } from "@middy/core";
import type { Context } from "aws-lambda";
import { count } from "./count.ts";
import { log } from "./log.ts";
import { note, noted } from "./notes.ts";
import { problemReply } from "./problem.ts";
import type { Reply } from "./reply.ts";
import { thrownFacts, thrownFailure } from "./thrown.ts";

/** Logs one line a request, and answers what a request throws. */
export function observed(route: string): MiddlewareObj<unknown, Reply> {
  return {
    before: ({ context }) => note(context, { startedAt: performance.now() }),
    after: ({ response, context }) => log.info("answered", line(route, response?.statusCode, context)),
    onError: (request) => {
      const failure = thrownFailure(request.error);
      request.response = problemReply(failure, request.context.awsRequestId);
      const { statusCode } = request.response;
      log.error("threw", { ...line(route, statusCode, request.context), ...thrownFacts(request.error) });
      // The gateway gets an answer, so Lambda itself counts no error.
      if (failure.code === "internal") count("Broken");
    },
  };
}

function line(route: string, status: number | undefined, context: Context) {
  const { startedAt, ...facts } = noted(context);
  const tookMs = Math.round(performance.now() - Number(startedAt));
  return { route, status, requestId: context.awsRequestId, tookMs, ...facts };
}
