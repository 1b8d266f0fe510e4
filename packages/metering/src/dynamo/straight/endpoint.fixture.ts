import { createServer, type IncomingHttpHeaders } from "node:http";
import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { onTestFinished } from "vitest";
import { sdkDocuments } from "../documents.ts";
import { straightClient } from "./client.ts";

/** What a DynamoDB answers. */
export type Answer = { readonly status: number; readonly body: object | string } | "hang up" | "half";

/** A request that reached it. */
export interface Heard {
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** Whether the SDK's own middleware sent a request. */
export const bySdk = ({ headers }: Heard): boolean => "amz-sdk-invocation-id" in headers;

/** The answer to whatever succeeds and says nothing. */
export const done: Answer = { status: 200, body: {} };

/** An answer that an operation failed. */
export const failure = (name: string, { status = 400, more = {} } = {}): Answer => ({
  status,
  body: { __type: `com.amazonaws.dynamodb.v20120810#${name}`, message: "no", ...more },
});

const textOf = (body: object | string): string => (typeof body === "string" ? body : JSON.stringify(body));

/** A DynamoDB that answers as it is told, and clients of it, straight and the SDK's own; once told all, it answers with the last. */
export async function endpoint(answers: readonly Answer[] = [done], sessionToken?: string) {
  const heard: Heard[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      const answer = answers[heard.length] ?? answers.at(-1) ?? done;
      heard.push({ headers: request.headers, body: Buffer.concat(chunks).toString() });
      if (answer === "hang up") return void response.destroy();
      const text = answer === "half" ? `{"Item":` : textOf(answer.body);
      response.writeHead(answer === "half" ? 200 : answer.status, {
        "content-type": "application/x-amz-json-1.0",
        "content-length": answer === "half" ? 99 : Buffer.byteLength(text),
      });
      if (answer === "half") response.write(text, () => response.destroy());
      else response.end(text);
    });
  });
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  const address = server.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  const credentials = { accessKeyId: "who", secretAccessKey: "secret", ...(sessionToken ? { sessionToken } : {}) };
  const base = new DynamoDBClient({ endpoint: `http://127.0.0.1:${port}`, region: "eu-west-1", credentials });
  onTestFinished(() => {
    base.destroy();
    server.closeAllConnections();
    server.close();
  });
  const sdk = sdkDocuments(base);
  return { sdk, straight: straightClient(sdk), heard, base };
}
