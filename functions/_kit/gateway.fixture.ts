import type { Context } from "aws-lambda";
import type { GatewayRequest } from "./gateway.ts";

/** What a test says of a request. */
export interface Sent {
  readonly method?: string;
  readonly path?: string;
  readonly parameters?: Readonly<Record<string, string>>;
  readonly query?: string;
  readonly key?: string | undefined;
  readonly headers?: Readonly<Record<string, string>>;
  /** Text goes as it is, bytes in base64, anything else as JSON. */
  readonly body?: unknown;
}

/** A request as the gateway hands it on. */
export function gatewayRequest(sent: Sent): GatewayRequest {
  const { method = "GET", path = "/", parameters, query = "", key, headers = {}, body } = sent;
  const authorization = key === undefined ? {} : { authorization: `Bearer ${key}` };
  const typed = body === undefined ? {} : { "content-type": "application/json" };
  return {
    headers: { ...authorization, ...typed, ...headers },
    rawPath: path,
    rawQueryString: query,
    ...(parameters === undefined ? {} : { pathParameters: { ...parameters } }),
    ...content(body),
    requestContext: {
      accountId: "my-account",
      apiId: "api",
      domainName: "localhost",
      domainPrefix: "",
      http: { method, path, protocol: "HTTP/1.1", sourceIp: "127.0.0.1", userAgent: "test" },
      requestId: "request-1",
      routeKey: `${method} ${path}`,
      stage: "$default",
      time: "22/Nov/2026:12:00:00 +0000",
      timeEpoch: 0,
    },
  };
}

function content(body: unknown): Pick<GatewayRequest, "body" | "isBase64Encoded"> {
  if (body === undefined) return { isBase64Encoded: false };
  if (body instanceof Uint8Array) return { body: Buffer.from(body).toString("base64"), isBase64Encoded: true };
  return { body: typeof body === "string" ? body : JSON.stringify(body), isBase64Encoded: false };
}

/** An invocation with half a minute left. */
export function lambdaContext(): Context {
  return {
    callbackWaitsForEmptyEventLoop: false,
    functionName: "test",
    functionVersion: "1",
    invokedFunctionArn: "arn",
    memoryLimitInMB: "512",
    awsRequestId: "request-1",
    logGroupName: "log",
    logStreamName: "stream",
    getRemainingTimeInMillis: () => 30_000,
    done: () => {},
    fail: () => {},
    succeed: () => {},
  };
}
