declare const brand: unique symbol;

/** A type that only the function which checks it can make. */
export type Brand<T, Name extends string> = T & { readonly [brand]: Name };
