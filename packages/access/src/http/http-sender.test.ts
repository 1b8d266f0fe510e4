import { createServer, type RequestListener, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { createServer as createTlsServer } from "node:tls";
import { afterEach, describe, expect, test } from "vitest";
import { httpSender } from "./http-sender.ts";

const loopback = { loopback: true };
const open: { close(): unknown; closeAllConnections?(): void }[] = [];
afterEach(() => {
  for (const server of open.splice(0)) {
    server.closeAllConnections?.();
    server.close();
  }
});

async function listen(answer: RequestListener): Promise<{ readonly server: Server; readonly port: number }> {
  const server = createServer(answer);
  open.push(server);
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  return { server, port: (server.address() as AddressInfo).port };
}

/** A resolver that answers from a list, one entry a question, and says how often it was asked. */
function resolverOf(...answers: readonly (readonly string[])[]) {
  const asked: string[] = [];
  return {
    asked,
    addresses: async (host: string) => answers[asked.push(host) - 1] ?? [],
  };
}

const send = (url: string, resolver = resolverOf(["127.0.0.1"]), targets = loopback, timeoutMs = 2000) =>
  httpSender({ resolver, targets, timeoutMs }).send({ url, headers: { "webhook-id": "msg_1" }, body: '{"a":"가"}' });

describe("httpSender", () => {
  test("posts the body to the checked address, under the name of the URL", async () => {
    const seen: object[] = [];
    const { port } = await listen((request, response) => {
      const chunks: Buffer[] = [];
      request.on("data", (chunk: Buffer) => chunks.push(chunk));
      request.on("end", () => {
        const { method, url, headers } = request;
        seen.push({ method, url, host: headers.host, id: headers["webhook-id"], body: `${Buffer.concat(chunks)}` });
        response.writeHead(202).end("taken");
      });
    });
    const resolver = resolverOf(["127.0.0.1"]);
    const answer = await send(`http://hooks.localhost:${port}/x?y=1`, resolver);
    expect(answer).toEqual({ statusCode: 202, response: "taken", durationMs: expect.any(Number) });
    const host = `hooks.localhost:${port}`;
    expect(seen).toEqual([{ method: "POST", url: "/x?y=1", host, id: "msg_1", body: '{"a":"가"}' }]);
    expect(resolver.asked).toEqual(["hooks.localhost"]);
  });

  test("asks for a name once, so that one that rebinds leads nowhere else", async () => {
    let requests = 0;
    const { port } = await listen((_, response) => {
      requests += 1;
      response.end();
    });
    // Whoever asked a second time, for the connection, would be sent to a port where nobody listens.
    const resolver = resolverOf(["127.0.0.1"], ["127.0.0.2"]);
    expect(await send(`http://rebinds.localhost:${port}/`, resolver)).toMatchObject({ statusCode: 200 });
    expect([requests, resolver.asked.length]).toEqual([1, 1]);
  });

  test.for([
    { addresses: ["10.0.0.1"], why: "a private address" },
    { addresses: ["169.254.169.254"], why: "a link-local address" },
    { addresses: ["93.184.215.14", "10.0.0.1"], why: "a private address beside a public one" },
    { addresses: ["::ffff:127.0.0.1"], why: "a mapped address" },
    { addresses: ["127.0.0.1"], why: "this machine", outside: true },
  ])("connects to nothing where a name has $why", async ({ addresses, outside }) => {
    const resolver = resolverOf(addresses, ["93.184.215.14"]);
    const answer = await send("https://hooks.example.com/", resolver, { loopback: outside !== true });
    expect(answer).toMatchObject({ error: "address_refused" });
    expect(answer).not.toHaveProperty("statusCode");
  });

  test("follows no redirect", async () => {
    let requests = 0;
    const { port } = await listen((_, response) => {
      requests += 1;
      response.writeHead(307, { location: `http://127.0.0.1:${port}/next` }).end();
    });
    expect(await send(`http://127.0.0.1:${port}/`)).toMatchObject({ statusCode: 307, error: "redirected" });
    expect(requests).toBe(1);
  });

  test("tells TLS the name of the URL, and trusts no certificate that is not for it", async () => {
    const names: string[] = [];
    const server = createTlsServer({
      SNICallback: (name, done) => {
        names.push(name);
        done(null);
      },
    });
    server.on("tlsClientError", () => undefined);
    open.push(server);
    await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
    const { port } = server.address() as AddressInfo;
    const answer = await send(`https://hooks.example.com:${port}/`, resolverOf(["127.0.0.1"]));
    expect(answer).toMatchObject({ error: "connection_failed" });
    expect(names).toEqual(["hooks.example.com"]);
  });

  test("keeps the first 1,024 bytes of an answer, and waits for no more", async () => {
    const { port } = await listen((_, response) => {
      response.writeHead(500);
      response.write(`\u0000\u0007line\n${"x".repeat(5000)}`);
    });
    const { statusCode, response } = await send(`http://127.0.0.1:${port}/`);
    expect(statusCode).toBe(500);
    expect(response).toMatch(/^line\nx+$/);
    expect(Buffer.byteLength(response ?? "")).toBeLessThanOrEqual(1024);
  });

  test("gives up on who is silent, and takes the status of who then is", async () => {
    const { port } = await listen((request, response) => {
      if (request.url === "/status") response.writeHead(200).flushHeaders();
    });
    const silent = await send(`http://127.0.0.1:${port}/silent`, resolverOf(), loopback, 200);
    expect(silent).toMatchObject({ error: "timed_out" });
    const status = await send(`http://127.0.0.1:${port}/status`, resolverOf(), loopback, 200);
    expect(status).toMatchObject({ statusCode: 200 });
  });

  test("gives up on a name that does not resolve in time, and on one that is unknown", async () => {
    const never = { asked: [], addresses: () => new Promise<readonly string[]>(() => undefined) };
    expect(await send("https://hooks.example.com/", never, loopback, 100)).toMatchObject({ error: "timed_out" });
    const unknown = { asked: [], addresses: () => Promise.reject(new Error("ENOTFOUND")) };
    expect(await send("https://hooks.example.com/", unknown)).toMatchObject({ error: "name_unknown" });
    expect(await send("https://hooks.example.com/", resolverOf([]))).toMatchObject({ error: "name_unknown" });
  });

  test("gives up where nobody listens, and on a connection that is closed", async () => {
    const { port, server } = await listen((request) => request.socket.destroy());
    expect(await send(`http://127.0.0.1:${port}/`)).toMatchObject({ error: "connection_failed" });
    await new Promise((done) => server.close(done));
    expect(await send(`http://127.0.0.1:${port}/`)).toMatchObject({ error: "connection_failed" });
  });

  test("checks the URL again: what is allowed may have changed since", async () => {
    const answer = await send("http://127.0.0.1:3000/", resolverOf(), { loopback: false });
    expect(answer).toMatchObject({ error: "url_refused" });
  });
});
