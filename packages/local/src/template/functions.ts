import { existsSync } from "node:fs";
import { join } from "node:path";
import * as v from "valibot";
import type { Assembly, Resource } from "./assembly.ts";
import { NotRunLocally, resourcesOf } from "./kinds.ts";
import type { World } from "./world.ts";

/** One of our functions: where its code lies and what it runs with. */
export interface FunctionSpec {
  /** `<domain>/<verb>`, as the function's own environment says. */
  readonly name: string;
  readonly functionName: string;
  readonly arn: string;
  readonly folder: string;
  readonly file: string;
  readonly exportName: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly timeoutMs: number;
  readonly memoryMegabytes: number;
  readonly reservedConcurrency?: number;
  /** How many invocations one copy bears at once. */
  readonly atOnce: number;
}

/** The variable that tells our functions from those that CDK brings for its own purposes. */
export const functionVariable = "FARTHING_FUNCTION";

/**
 * The variable in which a function says how many invocations a copy of it bears at once. Plain Lambda gives a copy one at a
 * time; its managed instances and the local cloud give it more.
 */
const atOnceVariable = "FARTHING_AT_ONCE";
const AtOnce = v.optional(v.pipe(v.string(), v.regex(/^[1-9]\d{0,2}$/), v.transform(Number)), "1");

const scalar = v.pipe(v.union([v.string(), v.number(), v.boolean()]), v.transform(String));
const Environment = v.looseObject({
  Environment: v.optional(v.looseObject({ Variables: v.optional(v.record(v.string(), scalar), {}) })),
});

const FunctionProperties = v.looseObject({
  Code: v.looseObject({ S3Key: v.string() }),
  Handler: v.string(),
  Timeout: v.optional(v.number(), 3),
  MemorySize: v.optional(v.number(), 128),
  ReservedConcurrentExecutions: v.optional(v.number()),
});

function ours(resource: Resource): boolean {
  const environment = resource.properties.Environment;
  if (typeof environment !== "object" || environment === null || !("Variables" in environment)) return false;
  const { Variables: variables } = environment;
  return typeof variables === "object" && variables !== null && functionVariable in variables;
}

function handlerFile(resource: Resource, folder: string, handler: string): { file: string; exportName: string } {
  const dot = handler.lastIndexOf(".");
  const [base, exportName] = [handler.slice(0, dot), handler.slice(dot + 1)];
  const file = [".mjs", ".js", ".cjs"].map((ending) => join(folder, base + ending)).find((path) => existsSync(path));
  if (dot < 1 || file === undefined) throw new NotRunLocally(resource, `its handler ${handler} is not in ${folder}`);
  return { file, exportName };
}

function functionSpec(resource: Resource, assembly: Assembly, world: World): FunctionSpec {
  const properties = world.properties(resource);
  const { Code, Handler, Timeout, MemorySize, ReservedConcurrentExecutions } = v.parse(FunctionProperties, properties);
  const environment = v.parse(Environment, properties).Environment?.Variables ?? {};
  const folder = assembly.assets.get(Code.S3Key);
  if (folder === undefined) throw new NotRunLocally(resource, `no asset of the assembly has the key ${Code.S3Key}`);
  return {
    name: String(environment[functionVariable]),
    functionName: world.nameOf(resource),
    arn: world.arnOf(resource),
    folder,
    ...handlerFile(resource, folder, Handler),
    environment,
    timeoutMs: Timeout * 1000,
    memoryMegabytes: MemorySize,
    atOnce: v.parse(AtOnce, environment[atOnceVariable]),
    ...(ReservedConcurrentExecutions === undefined ? {} : { reservedConcurrency: ReservedConcurrentExecutions }),
  };
}

/**
 * Our functions. Others (CDK's custom-resource providers) are inert.
 *
 * Errors: throws when a function's code is not in the assembly, and when two have one name.
 */
export function functionsOf(assembly: Assembly, world: World): FunctionSpec[] {
  const specs = resourcesOf(assembly, "AWS::Lambda::Function")
    .filter(ours)
    .map((resource) => functionSpec(resource, assembly, world));
  const names = new Set<string>();
  for (const { name } of specs) {
    if (names.has(name)) throw new Error(`two functions of the template are called ${name}`);
    names.add(name);
  }
  return specs;
}
