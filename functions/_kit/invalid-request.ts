/** One thing that a request says wrong: where, and what. */
export interface Issue {
  /** The steps to a field of the body, joined by dots; `query.`, `path.` or `headers.` before it elsewhere. */
  readonly path: string;
  readonly message: string;
}

/** A request that does not fit its schema. */
export interface InvalidRequest {
  readonly code: "invalid_request";
  readonly issues: readonly Issue[];
}
