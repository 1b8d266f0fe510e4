import { HttpMethod, HttpRoute, HttpRouteKey, type IHttpApi } from "aws-cdk-lib/aws-apigatewayv2";
import { HttpLambdaIntegration } from "aws-cdk-lib/aws-apigatewayv2-integrations";
import type { Function as LambdaFunction } from "aws-cdk-lib/aws-lambda";
import type { Stack } from "aws-cdk-lib/core";
import { constructId } from "./construct-id.ts";

const methods: Readonly<Record<string, HttpMethod>> = {
  GET: HttpMethod.GET,
  POST: HttpMethod.POST,
  PUT: HttpMethod.PUT,
  DELETE: HttpMethod.DELETE,
};

/**
 * Answers a route of the API, written as in the API's own document ("PUT /v1/meters/{key}"), with a function. The
 * function of "$default" answers what no route takes, where the gateway itself has no problem document.
 *
 * Errors: throws when the method is none that the API uses.
 */
export function route(stack: Stack, api: IHttpApi, key: string, to: LambdaFunction): void {
  const id = key.toLowerCase();
  new HttpRoute(stack, constructId("route", id), {
    httpApi: api,
    routeKey: routeKey(key),
    integration: new HttpLambdaIntegration(constructId("to", id), to),
  });
}

function routeKey(key: string): HttpRouteKey {
  if (key === "$default") return HttpRouteKey.DEFAULT;
  const [verb = "", path = ""] = key.split(" ");
  const method = methods[verb];
  if (method === undefined) throw new Error(`The route "${key}" has no method that the API knows.`);
  return HttpRouteKey.with(path, method);
}
