/** How the API answers a failure. */
export interface ProblemRow {
  readonly status: number;
  readonly title: string;
  /** What the caller is told, where the failure says nothing closer. */
  readonly detail: string;
  /** Whether the same request may succeed when it is sent again. */
  readonly retryable: boolean;
}

/** A row whose request fails however often it is sent. */
export const no = { retryable: false } as const;

/** A row whose request may succeed when it is sent again. */
export const yes = { retryable: true } as const;
