import { once } from "node:events";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { SESv2Client } from "@aws-sdk/client-sesv2";
import { afterEach, describe, expect, test } from "vitest";
import type { Letter } from "../mailer.ts";
import { sesMailer } from "./ses-mailer.ts";

interface Sent {
  readonly FromEmailAddress: string;
  readonly Destination: { readonly ToAddresses: readonly string[] };
  readonly Content: { readonly Simple: { readonly Subject: Text; readonly Body: { readonly Text: Text } } };
}
interface Text {
  readonly Data: string;
  readonly Charset: string;
}

const letter: Letter = { id: "l1", to: "ann@example.com", from: "Shop", subject: "청구서", text: "12.30 USD\n" };
const servers: Server[] = [];

afterEach(() => {
  for (const server of servers.splice(0)) server.close();
});

/** A server in SES's place, which answers with these statuses in turn, and what it was sent at them. */
async function ses(statuses: readonly number[]) {
  const sent: Sent[] = [];
  const paths: string[] = [];
  const answer = async (request: IncomingMessage, response: ServerResponse) => {
    let body = "";
    for await (const chunk of request) body += chunk;
    paths.push(`${request.method} ${request.url}`);
    const status = statuses[sent.push(JSON.parse(body) as Sent) - 1] ?? 500;
    response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify({ MessageId: "m" }));
  };
  const server = createServer((request, response) => void answer(request, response)).listen(0, "127.0.0.1");
  servers.push(server);
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  const credentials = { accessKeyId: "local", secretAccessKey: "local" };
  const client = new SESv2Client({
    region: "eu-central-1",
    endpoint: `http://127.0.0.1:${port}`,
    credentials,
    maxAttempts: 2,
  });
  return { mailer: sesMailer({ client, from: "billing@example.com" }), sent, paths };
}

/** The name that a mail program shows. Source: RFC 2047, of which words that follow each other are one text. */
function shownName(address: string): string {
  const words = [...address.matchAll(/=\?UTF-8\?B\?([^?]*)\?=/g)].map(([, text = ""]) => Buffer.from(text, "base64"));
  return Buffer.concat(words).toString();
}

describe("sesMailer", () => {
  test("sends a letter as plain text", async () => {
    const { mailer, sent, paths } = await ses([200]);
    await mailer.send(letter);
    expect(paths).toEqual(["POST /v2/email/outbound-emails"]);
    expect(sent[0]?.Destination.ToAddresses).toEqual(["ann@example.com"]);
    expect(sent[0]?.Content.Simple).toEqual({
      Subject: { Data: "청구서", Charset: "UTF-8" },
      Body: { Text: { Data: "12.30 USD\n", Charset: "UTF-8" } },
    });
  });

  test.for([
    "Shop",
    "가게 ".repeat(20).trim(),
    'A, "B" <c@d>',
    "Zwölf Boxkämpfer\r\nBcc: x@example.com",
    "👩‍👩‍👧‍👦".repeat(8),
  ])("names the sender %j, whatever its letters, in words that a header may hold", async (from) => {
    const { mailer, sent } = await ses([200]);
    await mailer.send({ ...letter, from });
    const address = sent[0]?.FromEmailAddress ?? "";
    expect(address).toMatch(/^(?:=\?UTF-8\?B\?[A-Za-z0-9+/=]+\?= )+<billing@example\.com>$/);
    for (const word of address.split(" ")) expect(word.length).toBeLessThanOrEqual(75);
    expect(shownName(address)).toBe(from);
  });

  test("tries again what SES could not do, and fails where it does not want to", async () => {
    const busy = await ses([500, 200]);
    await busy.mailer.send(letter);
    expect(busy.sent).toHaveLength(2);
    const refused = await ses([400]);
    await expect(refused.mailer.send(letter)).rejects.toThrow();
    expect(refused.sent).toHaveLength(1);
  });
});
