/** An error as Stripe writes it. Source: Stripe's API, "Errors". */
export interface StripeProblem {
  readonly type: "invalid_request_error" | "card_error" | "idempotency_error" | "api_error" | "rate_limit_error";
  readonly message: string;
  readonly code?: string;
  readonly decline_code?: string;
  readonly param?: string;
  readonly payment_intent?: unknown;
}

/** A request is refused; thrown within the server, and answered by it. */
export class Refusal extends Error {
  readonly status: number;
  readonly problem: StripeProblem;

  constructor(status: number, problem: StripeProblem) {
    super(problem.message);
    this.status = status;
    this.problem = problem;
  }
}

/** Something in the request does not hold together. */
export function invalid(message: string, more: { readonly code?: string; readonly param?: string } = {}): Refusal {
  return new Refusal(400, { type: "invalid_request_error", message, ...more });
}

/** There is no thing of this id. */
export function missing(what: string, id: string): Refusal {
  const problem = { type: "invalid_request_error", code: "resource_missing", param: "id" } as const;
  return new Refusal(404, { ...problem, message: `No such ${what}: '${id}'` });
}
