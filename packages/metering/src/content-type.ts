import type { BodyKind } from "./event-body.ts";

const kinds = new Map<string, BodyKind>([
  ["application/json", "json"],
  ["application/x-ndjson", "ndjson"],
  ["application/cloudevents+json", "cloudevents"],
  ["application/cloudevents-batch+json", "cloudevents-batch"],
]);

/** The content types that events come in. Source: CloudEvents 1.0, JSON event format, for the last two. */
export const eventContentTypes: readonly string[] = [...kinds.keys()];

/** How a body of a content type holds its events. Errors: throws on a type that is not in `eventContentTypes`. */
export function bodyKindOf(contentType: string): BodyKind {
  const kind = kinds.get(contentType);
  if (kind === undefined) throw new Error("a content type that was not let in");
  return kind;
}
