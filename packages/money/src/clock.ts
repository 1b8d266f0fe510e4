/** Where a use case reads the time. Units: milliseconds since 1970-01-01T00:00:00Z. */
export interface Clock {
  now(): number;
}

/** Where a use case gets names that nobody has used before. */
export interface Ids {
  /** A new id of letters and digits. */
  unique(): string;
}
