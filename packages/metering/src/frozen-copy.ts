/** Copies a value in depth and freezes the copy, so that a store and its callers share nothing that can change. */
export function frozenCopy<T>(value: T): T;
export function frozenCopy(value: unknown): unknown {
  if (typeof value !== "object" || value === null) return value;
  if (value instanceof Uint8Array || value instanceof Uint32Array) return value.slice();
  if (Array.isArray(value)) return Object.freeze(value.map((item) => frozenCopy(item)));
  // fromEntries defines properties, so that a key called __proto__ stays a key.
  return Object.freeze(Object.fromEntries(Object.entries(value).map(([key, item]) => [key, frozenCopy(item)])));
}
