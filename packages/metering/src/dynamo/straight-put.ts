import { Agent, type IncomingMessage, type RequestOptions, request } from "node:http";
import { Agent as TlsAgent, request as tlsRequest } from "node:https";
import type { DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";
import { onlyNew, type PlainItem, type Put, sdkPut } from "./put.ts";
import type { DynamoTable } from "./table.ts";

/** Where the SDK sends its requests, whatever settings and environment led it there. */
interface Place {
  readonly protocol: string;
  readonly hostname: string;
  readonly port: number | undefined;
}

/** Longer than any put takes that goes well. */
const patienceMs = 3_000;

/**
 * Puts items with one signed request each, at a quarter of the CPU that the SDK takes for it: the put of a bundle is most of
 * what taking events in costs. Where to, as whom and in which region the SDK says, by its first put, and its signer signs.
 *
 * Whatever is answered but success, or a condition that does not hold, is no matter of its own: the SDK puts the item again
 * then, with its retries, which changes nothing where the first one did come through.
 */
export function straightPut({ client, table }: DynamoTable): Put {
  const bySdk = sdkPut({ client, table });
  const place = watchPlace(client);
  const sign = signing(client);
  return async (item, how) => {
    const at = place();
    if (at === undefined) return await bySdk(item, how);
    const body = JSON.stringify({
      TableName: table,
      Item: attributesOf(item),
      ...(how === "once" ? { ConditionExpression: onlyNew } : {}),
    });
    const done = await sign(at, body)
      .then((headers) => send(at, headers, body))
      .catch(() => false);
    if (!done) await bySdk(item, how);
  };
}

/** Signs puts with the signer that the SDK made for itself. */
function signing({ config }: DynamoDBDocumentClient): (at: Place, body: string) => Promise<Record<string, string>> {
  const signer = config
    .region()
    .then((signingRegion) => config.signer({ name: "sigv4", signingName: "dynamodb", signingRegion, properties: {} }));
  // Whoever signs meets the failure; until then nobody has to.
  signer.catch(() => undefined);
  return async ({ protocol, hostname, port }, body) => {
    const headers = {
      host: port === undefined ? hostname : `${hostname}:${port}`,
      "content-type": "application/x-amz-json-1.0",
      "x-amz-target": "DynamoDB_20120810.PutItem",
    };
    const request = { method: "POST", protocol, hostname, path: "/", query: {}, headers, body };
    return (await (await signer).sign(request)).headers;
  };
}

const watched = new WeakMap<DynamoDBDocumentClient, { place?: Place }>();

/** Sees where a client sends its requests; undefined before its first one. */
function watchPlace(client: DynamoDBDocumentClient): () => Place | undefined {
  const seen = watched.get(client) ?? {};
  if (!watched.has(client)) {
    watched.set(client, seen);
    client.middlewareStack.add(
      (next) => async (args) => {
        const { protocol, hostname, port } = args.request as Place;
        seen.place = { protocol, hostname, port };
        return await next(args);
      },
      { step: "finalizeRequest", priority: "low", name: "watchPlace" },
    );
  }
  return () => seen.place;
}

function attributesOf(item: PlainItem): Record<string, Record<string, string>> {
  const attributes: Record<string, Record<string, string>> = {};
  for (const [name, value] of Object.entries(item)) attributes[name] = attributeOf(value);
  return attributes;
}

function attributeOf(value: string | number | Uint8Array): Record<string, string> {
  if (typeof value === "string") return { S: value };
  if (typeof value === "number") return { N: String(value) };
  return { B: Buffer.from(value.buffer, value.byteOffset, value.byteLength).toString("base64") };
}

const agent = new Agent({ keepAlive: true, maxSockets: 50 });
const tlsAgent = new TlsAgent({ keepAlive: true, maxSockets: 50 });

/** Sends a put. True where the item lies in the table now. */
function send({ protocol, hostname, port }: Place, headers: Record<string, string>, body: string): Promise<boolean> {
  const to = { hostname, port, method: "POST", path: "/", timeout: patienceMs };
  const options: RequestOptions = { ...to, headers: { ...headers, "content-length": String(Buffer.byteLength(body)) } };
  return new Promise((resolve, reject) => {
    const answered = (answer: IncomingMessage): void => {
      textOf(answer).then((text) => resolve(isDone(answer.statusCode, text)), reject);
    };
    const sent =
      protocol === "https:"
        ? tlsRequest({ ...options, agent: tlsAgent }, answered)
        : request({ ...options, agent }, answered);
    sent.once("error", reject);
    sent.once("timeout", () => sent.destroy(new Error("out of time")));
    sent.end(body);
  });
}

function isDone(status: number | undefined, text: string): boolean {
  return status === 200 || (status === 400 && /"__type":"[^"]*#ConditionalCheckFailedException"/.test(text));
}

async function textOf(answer: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of answer) chunks.push(chunk);
  return Buffer.concat(chunks).toString();
}
