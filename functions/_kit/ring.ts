import { count } from "./count.ts";
import { log } from "./log.ts";

/** Tells a person of each thing that should not be: a line in the log, and a count that an alarm looks at. */
export function ring(name: string, found: readonly object[]): void {
  for (const facts of found) log.error(name, { ...facts });
  if (found.length > 0) count(name, found.length);
}
