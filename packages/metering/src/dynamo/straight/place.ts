import type { DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";

/** Where the SDK sends its requests, whatever settings and environment led it there. */
export interface Place {
  readonly protocol: string;
  readonly hostname: string;
  readonly port: number | undefined;
}

/** Sees where a client sends its requests; undefined before its first one. */
export function watchPlace(client: DynamoDBDocumentClient): () => Place | undefined {
  let seen: Place | undefined;
  client.middlewareStack.add(
    (next) => async (args) => {
      const { protocol, hostname, port } = args.request as Place;
      seen = { protocol, hostname, port };
      return await next(args);
    },
    { step: "finalizeRequest", priority: "low" },
  );
  return () => seen;
}

/** The headers of an operation's request, signed with the signer that the SDK made for itself. */
export function signing({ config }: DynamoDBDocumentClient) {
  const signer = config
    .region()
    .then((signingRegion) => config.signer({ name: "sigv4", signingName: "dynamodb", signingRegion, properties: {} }));
  // Whoever signs meets the failure; until then nobody has to.
  signer.catch(() => undefined);
  return async (
    { protocol, hostname, port }: Place,
    operation: string,
    body: string,
  ): Promise<Record<string, string>> => {
    const headers = {
      host: port === undefined ? hostname : `${hostname}:${port}`,
      "content-type": "application/x-amz-json-1.0",
      "x-amz-target": `DynamoDB_20120810.${operation}`,
    };
    const request = { method: "POST", protocol, hostname, path: "/", query: {}, headers, body };
    return (await (await signer).sign(request)).headers;
  };
}
