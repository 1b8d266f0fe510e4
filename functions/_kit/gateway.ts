import type { APIGatewayProxyEventV2 } from "aws-lambda";

/** What the gateway hands a function: the parts of its payload, version 2.0, that are read here. Header names are in lower case. */
export type GatewayRequest = Pick<
  APIGatewayProxyEventV2,
  "headers" | "body" | "isBase64Encoded" | "rawPath" | "rawQueryString" | "pathParameters" | "requestContext"
>;
