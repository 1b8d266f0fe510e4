import type { IssuePathItem } from "valibot";

/** What does not hold together in a value, and where in it. */
export interface FieldIssue {
  readonly path: readonly (string | number)[];
  readonly message: string;
}

/** An issue as a check reports it, with its path. */
export function withPath({ path, message }: FieldIssue): {
  message: string;
  path?: [IssuePathItem, ...IssuePathItem[]];
} {
  const [first, ...rest] = path.map(step);
  return first === undefined ? { message } : { message, path: [first, ...rest] };
}

function step(key: string | number): IssuePathItem {
  return { type: "unknown", origin: "value", input: undefined, key, value: undefined };
}
