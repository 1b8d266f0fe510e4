/** What a request says does not hold together; each path leads to a field of the body, steps joined by dots. */
export interface InvalidRequest {
  readonly code: "invalid_request";
  readonly issues: readonly { readonly path: string; readonly message: string }[];
}
