/** Makes a value when it is first asked for, and keeps it: a function's client lives as long as its process. */
export function lazy<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}
