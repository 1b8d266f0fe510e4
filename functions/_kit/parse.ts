import { err, ok, type Result } from "@farthing/money";
import * as v from "valibot";
import type { InvalidRequest, Issue } from "./invalid-request.ts";
import type { Schema } from "./route.ts";

const mostIssues = 20;
const longestMessage = 200;

/**
 * Parses a part of a request; `part` comes before each path, as in "query.limit".
 *
 * Errors: `invalid_request` with the first 20 things that are wrong.
 */
export function parse<S extends Schema>(
  schema: S,
  input: unknown,
  part = "",
): Result<v.InferOutput<S>, InvalidRequest> {
  const parsed = v.safeParse(schema, input, { abortPipeEarly: true });
  if (parsed.success) return ok(parsed.output);
  return err({
    code: "invalid_request",
    issues: parsed.issues.slice(0, mostIssues).map((issue) => shown(issue, part)),
  });
}

function shown(issue: v.BaseIssue<unknown>, part: string): Issue {
  const path = [part, v.getDotPath(issue) ?? ""].filter((step) => step !== "").join(".");
  return { path, message: messageOf(issue).slice(0, longestMessage) };
}

/** valibot says of an unknown field that never was expected, and of a missing one that undefined came. */
function messageOf(issue: v.BaseIssue<unknown>): string {
  const key = issue.path?.at(-1);
  if (issue.type === "strict_object" && issue.expected === "never") return "There is no field of this name.";
  if (key !== undefined && issue.input === undefined && issue.received === "undefined") return "This is required.";
  return issue.message;
}
