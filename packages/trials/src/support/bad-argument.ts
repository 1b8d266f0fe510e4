import { err, ok, type Result } from "@farthing/money";

/** An argument that makes no sense, in words for the person at the keyboard. */
export interface BadArgument {
  readonly code: "bad_argument";
  readonly message: string;
}

/** An argument makes no sense. */
export function badArgument(message: string): BadArgument {
  return { code: "bad_argument", message };
}

/** Node's and valibot's readers throw; this is where that ends. */
export function attempt<T>(read: () => T): Result<T, BadArgument> {
  try {
    return ok(read());
  } catch (error) {
    return err(badArgument(error instanceof Error ? error.message : String(error)));
  }
}
