/** What a use case answers: a value, or a failure that the caller should handle. */
export type Result<T, E> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: E };

/** Wraps a value as success. */
export function ok<T>(value: T): Result<T, never> {
  return { ok: true, value };
}

/** Wraps a failure; codes are snake_case and never renamed. */
export function err<E>(error: E): Result<never, E> {
  return { ok: false, error };
}

/**
 * Takes the value out of a result whose failure would be a broken invariant.
 *
 * Errors: throws with the failure's code.
 */
export function expectOk<T>(result: Result<T, { readonly code: string }>): T {
  if (result.ok) return result.value;
  throw new Error(`expected success, got ${result.error.code}`);
}
