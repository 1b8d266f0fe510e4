import type { KeyId, Role } from "@farthing/access";
import type { MerchantId, Result } from "@farthing/money";
import type * as v from "valibot";
import type { FileAnswer } from "./file-answer.ts";
import type { ErrorCode } from "./problems.ts";

/** Any schema that parses without waiting. */
export type Schema = v.GenericSchema<unknown, unknown>;

type ObjectSchema = v.GenericSchema<unknown, Readonly<Record<string, unknown>>>;

/** A route of the API: what it takes and answers. The handler obeys it, and the OpenAPI document is made from it. */
export interface Route {
  /** Method and path, as the gateway writes them. */
  readonly route: `${"GET" | "POST" | "PUT" | "DELETE"} /${string}`;
  /** One sentence for the API's document. */
  readonly does: string;
  /** Any one of these opens the door; "any" lets every valid key in, "none" everyone. */
  readonly roles: readonly Role[] | "any" | "none";
  readonly path?: ObjectSchema;
  readonly query?: ObjectSchema;
  /** A JSON body. */
  readonly body?: Schema;
  /** Content types of a body that the use case reads by itself, as text. */
  readonly accepts?: readonly string[];
  /** What such a body holds, for the API's document. */
  readonly holds?: Schema;
  /** The answer is a list in pages: `limit` and `cursor` are taken, and `answer` is one item. */
  readonly paged?: true;
  /** Makes the answer's JSON from what the use case returns; what it does not name stays inside. */
  readonly answer: Schema;
  /** The use case returns JSON and exactly what `answer` names, so that it is sent unparsed: a test holds it to that. */
  readonly exact?: true;
  /** The content types of an answer that is a file. */
  readonly file?: readonly string[];
  /** The answer may come in parts: `cursor` is taken, and `next` becomes a `Link` header of a file, else `nextCursor`. */
  readonly parts?: true;
  /** Content types of files that the use case makes of a list instead, in parts, for those who ask for one of them. */
  readonly orFile?: readonly string[];
  /** Makes a file of CSV from the answer, for those who ask for `text/csv`. */
  readonly csv?: (answer: unknown) => FileAnswer;
  /** 200 unless told otherwise. */
  readonly status?: number;
  /** Another status for some answers. */
  readonly otherwise?: { readonly status: number; readonly when: (answer: unknown) => boolean };
  /** With an idempotency key: a stored answer is sent again, or the use case makes the same one again. */
  readonly replay?: "stored" | "recomputed";
  /** The failures of the use case; those of the kit come by themselves. */
  readonly errors: readonly ErrorCode[];
}

/** Declares a route with its exact types. */
export function route<const R extends Route>(declared: R): R {
  return declared;
}

/** Which part of a list is asked for; `after` is what the page before answered as `next`. */
export interface PageRequest {
  readonly limit: number;
  readonly after?: string | undefined;
}

/** A request that was let in and parsed. Units: `receivedAt` in milliseconds since 1970. */
export interface Call<Path = unknown, Query = unknown, Body = unknown> {
  readonly merchant: MerchantId;
  readonly key: KeyId;
  readonly roles: readonly Role[];
  readonly path: Path;
  readonly query: Query;
  readonly body: Body;
  /** The whole body as text and its content type, where there is one. */
  readonly text: string;
  readonly mediaType: string;
  readonly page: PageRequest;
  /** Which of the route's `orFile` is asked for instead of JSON. */
  readonly form?: string;
  /** When the request first arrived; with an idempotency key that is the first of its repeats. */
  readonly receivedAt: number;
  /** The caller's idempotency key, and a secret that only the same API key yields. */
  readonly once?: { readonly key: string; readonly callerSecret: Uint8Array };
}

type OutputOf<S> = S extends Schema ? v.InferOutput<S> : undefined;

/** The call that a route's use case takes. */
export type CallOf<R extends Route> = Call<OutputOf<R["path"]>, OutputOf<R["query"]>, OutputOf<R["body"]>>;

type Plain = string | number | bigint | boolean | null | undefined;
type ReadonlyDeep<T> = unknown extends T
  ? T
  : T extends Plain
    ? T
    : T extends readonly (infer Item)[]
      ? readonly ReadonlyDeep<Item>[]
      : { readonly [Name in keyof T]: ReadonlyDeep<T[Name]> };

type ItemOf<R extends Route> = ReadonlyDeep<v.InferInput<R["answer"]>>;

/** What a route's use case returns. */
export type AnswerOf<R extends Route> = R extends { readonly orFile: readonly string[] }
  ? ListOf<R> | FileAnswer
  : R extends { readonly paged: true }
    ? ListOf<R>
    : ItemOf<R>;

interface ListOf<R extends Route> {
  readonly items: readonly ItemOf<R>[];
  readonly next?: string | undefined;
}

/** What a route's use case is. */
export type UseCase<R extends Route> = (
  call: CallOf<R>,
) => Promise<Result<AnswerOf<R>, { readonly code: R["errors"][number] }>>;
