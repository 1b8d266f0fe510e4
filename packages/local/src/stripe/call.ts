import type { Form } from "./form.ts";
import type { Shelves } from "./shelves.ts";
import type { Expand } from "./wire.ts";

/** A request as the server's own operations see it. */
export interface Call {
  readonly shelves: Shelves;
  readonly form: Form;
  readonly expand: Expand;
  /** The ids in the path, in order. */
  readonly ids: readonly string[];
  /** Units: seconds since 1970. */
  readonly now: number;
  /** Whether a script wants this payment declined, whatever the card. */
  readonly declines: boolean;
  newId(prefix: string): string;
  /** Tells webhooks and the list of events what happened. */
  tell(type: string, object: unknown): void;
  /** Where a hosted page is served. */
  pageUrl(session: string): string;
}

/** One operation of the API; what it answers goes on the wire. */
export type Operation = (call: Call) => unknown;
