import { createServer, type IncomingHttpHeaders } from "node:http";
import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";
import { describe, expect, onTestFinished, test } from "vitest";
import { straightPut } from "./straight-put.ts";

type Answer = { readonly status: number; readonly body: object } | "hang up";

interface Heard {
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

const stored: Answer = { status: 200, body: {} };
const failure = (name: string, status = 400): Answer => ({
  status,
  body: { __type: `com.amazonaws.dynamodb.v20120810#${name}`, message: "no" },
});

/** A DynamoDB that answers as it is told, and a client of it; once told all, it stores. */
async function endpoint(answers: readonly Answer[], sessionToken?: string) {
  const heard: Heard[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      const answer = answers[heard.length] ?? stored;
      heard.push({ headers: request.headers, body: Buffer.concat(chunks).toString() });
      if (answer === "hang up") response.destroy();
      else
        response
          .writeHead(answer.status, { "content-type": "application/x-amz-json-1.0" })
          .end(JSON.stringify(answer.body));
    });
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  const address = server.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  const credentials = { accessKeyId: "who", secretAccessKey: "secret", ...(sessionToken ? { sessionToken } : {}) };
  const base = new DynamoDBClient({ endpoint: `http://127.0.0.1:${port}`, region: "eu-west-1", credentials });
  onTestFinished(() => {
    base.destroy();
    server.closeAllConnections();
    server.close();
  });
  const put = straightPut({ client: DynamoDBDocumentClient.from(base), table: "journal" });
  return { put, heard, client: base };
}

/** What the SDK's own signer makes of a request. */
async function sdkSignature(client: DynamoDBClient, sent: { headers: Record<string, string>; body: string }) {
  const scheme = { name: "sigv4", signingName: "dynamodb", signingRegion: "eu-west-1", properties: {} };
  const signer = await client.config.signer(scheme);
  const at = String(sent.headers["x-amz-date"]).replace(/^(....)(..)(..T..)(..)(..Z)$/, "$1-$2-$3:$4:$5");
  const to = { method: "POST", protocol: "http:", hostname: "127.0.0.1", path: "/", query: {} };
  const signed = await signer.sign({ ...to, ...sent }, { signingDate: new Date(at) });
  return signed.headers.authorization;
}

const item = { pk: "b#m#0#1", sk: "Ω", r: 1_795_000_000_123, b: new Uint8Array([0, 255, 7]) };
const bySdk = ({ headers }: Heard): boolean => "amz-sdk-invocation-id" in headers;

describe("straightPut", () => {
  test.for(["once", "always"] as const)("says what the SDK says, put %s", async (how) => {
    const { put, heard } = await endpoint([]);
    await put(item, how);
    await put(item, how);
    expect(heard.map(bySdk)).toEqual([true, false]);
    const [sdk, straight] = heard.map(({ body }) => JSON.parse(body));
    expect(straight).toEqual(sdk);
  });

  test.for([undefined, "a token"])("signs as the SDK does, with the session token %s", async (token) => {
    const { put, heard, client } = await endpoint([], token);
    await put(item, "once");
    await put(item, "once");
    const { headers, body } = heard[1] ?? { headers: {}, body: "" };
    expect(headers["x-amz-security-token"]).toBe(token);
    const names = /SignedHeaders=([^,]*)/.exec(String(headers.authorization))?.[1]?.split(";") ?? [];
    const signed = Object.fromEntries(names.map((name) => [name, String(headers[name])]));
    expect(headers.authorization).toBe(await sdkSignature(client, { headers: signed, body }));
  });

  test.for<{ why: string; answer: Answer; requests: number }>([
    { why: "stored", answer: stored, requests: 2 },
    { why: "there already", answer: failure("ConditionalCheckFailedException"), requests: 2 },
    { why: "throttled", answer: failure("ProvisionedThroughputExceededException"), requests: 3 },
    { why: "out of order", answer: failure("InternalServerError", 500), requests: 3 },
    { why: "not signed for its clock", answer: failure("InvalidSignatureException"), requests: 3 },
    { why: "cut off", answer: "hang up", requests: 3 },
  ])("leaves to the SDK what is neither stored nor there: $why", async ({ answer, requests }) => {
    const { put, heard } = await endpoint([stored, answer]);
    await put(item, "once");
    await put(item, "once");
    expect(heard).toHaveLength(requests);
    expect(heard.map(bySdk)).toEqual([true, false, true].slice(0, requests));
  });

  test("fails where the SDK fails as well", async () => {
    const { put } = await endpoint([stored, failure("AccessDeniedException"), failure("AccessDeniedException")]);
    await put(item, "once");
    await expect(put(item, "once")).rejects.toThrow(expect.objectContaining({ name: "AccessDeniedException" }));
  });
});
