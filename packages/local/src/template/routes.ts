import * as v from "valibot";
import type { Assembly, Resource } from "./assembly.ts";
import { NotRunLocally, resourcesOf } from "./kinds.ts";
import type { World } from "./world.ts";

/** A route of the HTTP API and the ARN of the function behind it. */
export interface RouteSpec {
  /** `METHOD /path/{name}`, `ANY /path` or `$default`. */
  readonly key: string;
  readonly target: string;
}

const CorsConfiguration = v.looseObject({
  AllowOrigins: v.optional(v.array(v.string()), []),
  AllowMethods: v.optional(v.array(v.string()), []),
  AllowHeaders: v.optional(v.array(v.string()), []),
  ExposeHeaders: v.optional(v.array(v.string()), []),
  MaxAge: v.optional(v.number()),
  AllowCredentials: v.optional(v.boolean(), false),
});

/** Who may call the API from a browser's page. */
export type Cors = v.InferOutput<typeof CorsConfiguration>;

/** The HTTP API of an assembly. */
export interface ApiSpec {
  readonly routes: readonly RouteSpec[];
  readonly cors?: Cors;
}

const Api = v.looseObject({ ProtocolType: v.literal("HTTP"), CorsConfiguration: v.optional(CorsConfiguration) });
const Route = v.looseObject({
  RouteKey: v.string(),
  Target: v.string(),
  AuthorizationType: v.optional(v.string(), "NONE"),
});
const Integration = v.looseObject({
  IntegrationType: v.literal("AWS_PROXY"),
  IntegrationUri: v.string(),
  PayloadFormatVersion: v.literal("2.0"),
});

function read<T extends v.GenericSchema>(schema: T, resource: Resource, world: World): v.InferOutput<T> {
  const result = v.safeParse(schema, world.properties(resource));
  if (!result.success) throw new NotRunLocally(resource, JSON.stringify(v.flatten(result.issues).nested));
  return result.output;
}

/**
 * The HTTP API: its routes with the functions behind them. The default stage is the only one that is served.
 *
 * Errors: throws `NotRunLocally` on a second API, an authorizer, or an integration that is no function with payload 2.0.
 */
export function apiOf(assembly: Assembly, world: World): ApiSpec {
  const [api, second] = resourcesOf(assembly, "AWS::ApiGatewayV2::Api");
  if (second !== undefined) throw new NotRunLocally(second, "a second HTTP API");
  if (api === undefined) return { routes: [] };
  const uris = new Map(
    resourcesOf(assembly, "AWS::ApiGatewayV2::Integration").map((resource) => [
      `integrations/${world.nameOf(resource)}`,
      read(Integration, resource, world).IntegrationUri,
    ]),
  );
  const routes = resourcesOf(assembly, "AWS::ApiGatewayV2::Route").map((resource) => {
    const { RouteKey, Target, AuthorizationType } = read(Route, resource, world);
    if (AuthorizationType !== "NONE") throw new NotRunLocally(resource, `an authorizer (${AuthorizationType})`);
    const target = uris.get(Target);
    if (target === undefined) throw new NotRunLocally(resource, `its target ${Target} is not in the assembly`);
    return { key: RouteKey, target };
  });
  const { CorsConfiguration: cors } = read(Api, api, world);
  return { routes, ...(cors === undefined ? {} : { cors }) };
}
