/** What a worker thread is started with. */
export interface WorkerStart {
  readonly file: string;
  readonly exportName: string;
  readonly functionName: string;
  readonly arn: string;
  readonly memoryMegabytes: number;
}

/** A request body on its way to a handler; its bytes move to the worker instead of being copied. */
export interface RequestBody {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly base64: boolean;
}

/** One invocation. */
export interface Invocation {
  readonly requestId: string;
  readonly event: unknown;
  readonly body?: RequestBody;
}

/** An invocation as it travels to a worker, with the moment at which its time is up. */
export interface SentInvocation extends Invocation {
  readonly deadline: number;
}

/** Why an invocation failed, in the words that Lambda answers with. */
export interface InvocationError {
  readonly errorType: string;
  readonly errorMessage: string;
  readonly trace?: readonly string[];
}

/** What a worker says: first that its handler is loaded, or that it cannot be, then how each invocation ended. */
export type WorkerMessage =
  | { readonly kind: "loaded" }
  | { readonly kind: "ended"; readonly requestId: string; readonly outcome: Outcome };

/** How an invocation ended: with what the handler returned, or with its error. */
export type Outcome =
  | { readonly ok: true; readonly payload: unknown }
  | { readonly ok: false; readonly error: InvocationError };
