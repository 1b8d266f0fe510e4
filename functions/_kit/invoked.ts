import middy from "@middy/core";
import type { Context } from "aws-lambda";
import * as v from "valibot";
import { log } from "./log.ts";
import { parse } from "./parse.ts";
import type { Schema } from "./route.ts";
import { thrownFacts } from "./thrown.ts";

/** A function that the operator invokes by hand. */
export type InvokedHandler = (payload: unknown, context: Context) => Promise<unknown>;

/**
 * Runs a use case for an operator's invocation; `answer` makes the JSON that is shown.
 *
 * Errors: throws, so that the invocation is marked as failed, with the paths of what is wrong in its message.
 */
export function invoked<S extends Schema, A extends Schema>(
  schemas: { readonly payload: S; readonly answer: A },
  useCase: (payload: v.InferOutput<S>) => Promise<v.InferInput<A>>,
): InvokedHandler {
  return middy<unknown, unknown>().handler(async (payload) => {
    const parsed = parse(schemas.payload, payload);
    if (!parsed.ok) throw new Error(parsed.error.issues.map(({ path, message }) => `${path}: ${message}`).join(" "));
    try {
      return v.parse(schemas.answer, await useCase(parsed.value));
    } catch (error) {
      log.error("threw", thrownFacts(error));
      throw error;
    }
  });
}
