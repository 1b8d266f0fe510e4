import type { JsonSchema } from "@valibot/to-json-schema";
import type { Json, Schemas } from "./open-api-schemas.ts";
import { type ErrorCode, problems } from "./problems.ts";
import type { Route, Schema } from "./route.ts";

const ref = (kind: string, name: string) => ({ $ref: `#/components/${kind}/${name}` });

/** Describes one route as an operation of the document. */
export function operation(route: Route & { readonly name: string; readonly domain: string }, schemas: Schemas): Json {
  return {
    operationId: route.name,
    tags: [route.domain],
    summary: route.does,
    ...(route.roles === "none" ? { security: [] } : { security: security(route.roles) }),
    ...parameters(route, schemas),
    ...requestBody(route, schemas),
    responses: merged(success(route, schemas), failures(route)),
  };
}

/** Each role that opens the route is an alternative. */
function security(roles: Exclude<Route["roles"], "none">): readonly Json[] {
  if (roles === "any") return [{ apiKey: [] }];
  return [...new Set([...roles, "admin"])].map((role) => ({ apiKey: [role] }));
}

function parameters(route: Route, schemas: Schemas): Json {
  const limit = route.paged === true ? [ref("parameters", "limit")] : [];
  const paging = route.paged === true || route.parts === true ? [...limit, ref("parameters", "cursor")] : [];
  const once = route.route.startsWith("POST ") ? [ref("parameters", "idempotencyKey")] : [];
  const all = [...fields("path", route.path, schemas), ...fields("query", route.query, schemas), ...paging, ...once];
  return all.length === 0 ? {} : { parameters: all };
}

function fields(part: "path" | "query", schema: Schema | undefined, schemas: Schemas): readonly Json[] {
  if (schema === undefined) return [];
  const { properties = {}, required = [] } = schemas.input(schema);
  return Object.entries(properties).map(([name, property]) => ({
    name,
    in: part,
    required: part === "path" || required.includes(name),
    schema: property,
  }));
}

function requestBody(route: Route, schemas: Schemas): Json {
  const shape = route.body ?? route.holds;
  if (shape === undefined) return {};
  const schema = schemas.input(shape);
  const types = route.accepts ?? ["application/json"];
  return { requestBody: { required: true, content: Object.fromEntries(types.map((type) => [type, { schema }])) } };
}

function success(route: Route, schemas: Schemas): Answers {
  const shape: JsonSchema = route.file === undefined ? schemas.output(route.answer) : { type: "string" };
  const schema = route.paged === true ? pageOf(shape) : shape;
  const types = route.file ?? ["application/json"];
  const files = [...(route.orFile ?? []), ...(route.csv === undefined ? [] : ["text/csv"])];
  const instead = Object.fromEntries(files.map((type) => [type, { schema: { type: "string" } }]));
  const answer = {
    description: route.does,
    ...((route.parts === true && route.file !== undefined) || route.orFile !== undefined
      ? { headers: { Link: nextPart } }
      : {}),
    content: { ...Object.fromEntries(types.map((type) => [type, { schema }])), ...instead },
  };
  const statuses = [route.status ?? 200, ...(route.otherwise === undefined ? [] : [route.otherwise.status])];
  return Object.fromEntries(statuses.map((status) => [status, answer]));
}

const nextPart = {
  description: 'The next part of a file, with rel="next"; left out behind the last.',
  schema: { type: "string" },
};

function pageOf(item: JsonSchema): JsonSchema {
  const properties = { items: { type: "array", items: item }, nextCursor: { type: "string" } } as const;
  return { type: "object", properties, required: ["items"] };
}

/** The failures of a route: its use case's, and those of the kit that its parts bring. */
export function codesOf(route: Route): readonly ErrorCode[] {
  const reads = route.body !== undefined || route.accepts !== undefined;
  const has = (there: boolean, ...codes: ErrorCode[]) => (there ? codes : []);
  const codes = [
    ...route.errors,
    ...has(route.roles !== "none", "unauthorized", "invalid_request", "try_again", "too_many_requests"),
    ...has(typeof route.roles !== "string", "forbidden"),
    ...has(route.paged === true || route.parts === true, "invalid_cursor"),
    ...has(route.route.startsWith("POST "), "idempotency_conflict"),
    ...has(reads, "invalid_json", "invalid_encoding", "too_deep"),
    ...has(reads, "payload_too_large", "unsupported_media_type", "unsupported_encoding"),
    "internal" as const,
  ];
  return [...new Set(codes)];
}

interface Answer {
  readonly description: string;
  readonly content: Json;
}

type Answers = Readonly<Record<string, Answer>>;

/** An answer and a problem may have one status; their content types tell them apart. */
function merged(answers: Answers, problemAnswers: Answers): Answers {
  const both = Object.entries(problemAnswers).map(([status, { description, content }]) => {
    const answer = answers[status];
    const words = answer === undefined ? description : `${answer.description} ${description}`;
    return [status, { description: words, content: { ...answer?.content, ...content } }];
  });
  return { ...answers, ...Object.fromEntries(both) };
}

function failures(route: Route): Answers {
  const byStatus = Map.groupBy(codesOf(route), (code) => problems[code].status);
  return Object.fromEntries([...byStatus].map(([status, codes]) => [status, failure(codes)]));
}

function failure(codes: readonly ErrorCode[]): Answer {
  const schema = { allOf: [ref("schemas", "Problem"), { properties: { code: { enum: codes } } }] };
  return {
    description: codes.map((code) => problems[code].title).join("; "),
    content: { "application/problem+json": { schema } },
  };
}
