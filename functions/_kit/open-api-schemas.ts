import { type JsonSchema, toJsonSchema } from "@valibot/to-json-schema";
import * as v from "valibot";
import type { Route, Schema } from "./route.ts";

/** Any object of the document. */
export type Json = Readonly<Record<string, unknown>>;

/** Turns valibot's schemas into the document's, and those with a title into its components. */
export interface Schemas {
  /** What a schema takes. */
  input(schema: Schema): JsonSchema;
  /** What a schema makes. */
  output(schema: Schema): JsonSchema;
  readonly components: Json;
}

const component = (name: string) => `#/components/schemas/${name}`;

/** Gathers the titled schemas of all routes. Errors: throws where two have one title. */
export function schemasOf(routes: readonly Route[]): Schemas {
  const inputs = titled(routes.flatMap(({ body, holds }) => [body, holds]));
  const outputs = titled(routes.map(({ answer }) => answer));
  for (const name of Object.keys(inputs)) if (name in outputs) throw new Error(`two schemas have the title ${name}`);
  const input = converter("input", inputs);
  const output = converter("output", outputs);
  const components = {
    ...Object.fromEntries(Object.entries(inputs).map(([name, schema]) => [name, input.whole(schema)])),
    ...Object.fromEntries(Object.entries(outputs).map(([name, schema]) => [name, output.whole(schema)])),
  };
  return { input: input.referring, output: output.referring, components };
}

function titled(schemas: readonly (Schema | undefined)[]): Readonly<Record<string, Schema>> {
  const named = new Map<string, Schema>();
  for (const schema of schemas) {
    const title = schema === undefined ? undefined : v.getTitle(schema);
    if (schema === undefined || title === undefined) continue;
    if (named.has(title) && named.get(title) !== schema) throw new Error(`two schemas have the title ${title}`);
    named.set(title, schema);
  }
  return Object.fromEntries(named);
}

/** Checks that JSON Schema has no words for are left out: the document says less than the API refuses, never more. */
function converter(typeMode: "input" | "output", named: Readonly<Record<string, Schema>>) {
  const convert = (schema: Schema, definitions: Readonly<Record<string, Schema>>): JsonSchema => {
    const overrideRef = ({ referenceId }: { readonly referenceId: string }) => component(referenceId);
    const options = { typeMode, target: "draft-2020-12", errorMode: "ignore", overrideRef } as const;
    // The converter takes schemas that it knows; ours are all valibot's own.
    const known = definitions as Record<string, v.GenericSchema>;
    const { $schema: _, $defs: __, ...converted } = toJsonSchema(schema, { ...options, definitions: known });
    return converted;
  };
  return {
    referring: (schema: Schema) => convert(schema, named),
    whole: (schema: Schema) => {
      const others = Object.entries(named).filter(([, other]) => other !== schema);
      return convert(schema, Object.fromEntries(others));
    },
  };
}
