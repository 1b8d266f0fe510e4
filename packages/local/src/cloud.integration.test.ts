import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Cloud, startCloud } from "./cloud.ts";
import { type Dynamo, startDynamo } from "./stores/dynamo.ts";
import { readAssembly } from "./template/assembly.ts";
import { resourcesOf } from "./template/kinds.ts";
import { type Observer, observe, until } from "./testing/running-sample.ts";
import { sampleAssembly } from "./testing/sample-assembly.ts";

describe("the local cloud on a real assembly", () => {
  let dynamo: Dynamo;
  let cloud: Cloud;
  let seen: Observer;
  const queueUrls = new Map<string, string>();

  const post = (path: string, body: string | Uint8Array<ArrayBuffer>, headers: Record<string, string> = {}) =>
    fetch(cloud.api + path, { method: "POST", body, headers: { "content-type": "text/plain", ...headers } });
  const echoed = async (response: Response) =>
    (await response.json()) as { event: Record<string, unknown>; seen: Record<string, unknown> };
  const atRest = () => until("rest", async () => (await cloud.idle()).idle);

  beforeAll(async () => {
    const folder = await sampleAssembly();
    dynamo = await startDynamo({ inMemory: true });
    cloud = await startCloud({
      assembly: folder,
      dynamo: dynamo.endpoint,
      schedules: false,
      streamPollMs: 50,
      streamRetryMs: 20,
      queueRetrySeconds: 1,
    });
    const { seen: found } = await echoed(await post("/echo/x", ""));
    const [base] = String(found.url).split(/[^/]+$/);
    const assembly = await readAssembly(folder);
    for (const { id, stack } of resourcesOf(assembly, "AWS::SQS::Queue")) {
      queueUrls.set(id.replace(/[0-9A-F]{8}$/, ""), `${base}${stack}-${id}`);
    }
    const results = resourcesOf(assembly, "AWS::DynamoDB::Table").find(({ id }) => id.startsWith("Results"));
    seen = observe(dynamo.endpoint, `${results?.stack}-${results?.id}`);
  }, 60_000);

  afterAll(async () => {
    await cloud?.stop();
    await dynamo?.stop();
  });

  test("gives each function its own environment, with imports from another stack resolved", async () => {
    const { seen: found } = await echoed(await post("/echo/x", ""));
    expect(found.one).toBe("hello from Main");
    expect(found.env).toContain("AWS_ENDPOINT_URL_DYNAMODB");
    expect(found.env).not.toContain("HOME");
  });

  test("hands a compressed body on in base64, plain JSON as text, and cookies apart", async () => {
    const packed = gzipSync('{"a":1}');
    const gzip = await echoed(
      await post("/echo/x", packed, { "content-type": "application/json", "content-encoding": "gzip" }),
    );
    expect(gzip.event).toMatchObject({ isBase64Encoded: true, body: packed.toString("base64") });
    const text = await echoed(
      await post("/echo/a%2Fb?x=1&x=2", '{"é":1}', { "content-type": "application/json", cookie: "k=v; l=w" }),
    );
    expect(text.event).toMatchObject({
      isBase64Encoded: false,
      body: '{"é":1}',
      cookies: ["k=v", "l=w"],
      pathParameters: { name: "a/b" },
      queryStringParameters: { x: "1,2" },
      rawQueryString: "x=1&x=2",
      routeKey: "ANY /echo/{name}",
    });
    const reply = await post("/echo/x", "");
    expect(reply.headers.getSetCookie()).toEqual(["a=1", "b=2"]);
    expect(reply.headers.get("x-seen")).toBe("1");
  });

  test.for([
    { method: "GET", path: "/nowhere", status: 404, code: "not_found" },
    { method: "GET", path: "/v1/notes", status: 405, code: "method_not_allowed" },
    { method: "GET", path: "/echo/%zz", status: 400, code: "bad_request" },
    { method: "GET", path: "/hang", status: 500, code: "internal" },
    { method: "GET", path: "/crash", status: 500, code: "internal" },
  ])("refuses $method $path with a problem document of $status", async ({ method, path, status, code }) => {
    const response = await fetch(cloud.api + path, { method });
    expect(response.status).toBe(status);
    expect(response.headers.get("content-type")).toBe("application/problem+json");
    expect(await response.json()).toMatchObject({ status, code, title: expect.any(String) });
  });

  test.for([
    { bytes: 6 * 1024 * 1024, type: "text/plain", refused: false },
    { bytes: 6 * 1024 * 1024 + 1, type: "text/plain", refused: true },
    { bytes: 4 * 1024 * 1024, type: "application/octet-stream", refused: false },
    { bytes: 4.5 * 1024 * 1024 + 1, type: "application/octet-stream", refused: true },
    { bytes: 10 * 1024 * 1024 + 1, type: "text/plain", refused: true },
  ])("takes $bytes bytes of $type or refuses them: $refused", async ({ bytes, type, refused }) => {
    const response = await post("/echo/big", new Uint8Array(bytes), { "content-type": type });
    // The largest that is taken is too large to come back, which is then the function's failure.
    expect(response.status === 413).toBe(refused);
  });

  test("counts the bytes of a body that does not announce its length", async () => {
    const chunk = new Uint8Array(1024 * 1024);
    let sent = 0;
    const body = new ReadableStream({
      pull: (controller) => (sent++ < 11 ? controller.enqueue(chunk) : controller.close()),
    });
    const init = { method: "POST", body, duplex: "half" } as RequestInit;
    expect((await fetch(`${cloud.api}/echo/stream`, init)).status).toBe(413);
  });

  test("answers a browser's preflight as the template says", async () => {
    const ask = (origin: string) =>
      fetch(`${cloud.api}/v1/notes`, {
        method: "OPTIONS",
        headers: { origin, "access-control-request-method": "POST" },
      });
    const allowed = await ask("https://console.example");
    expect(allowed.status).toBe(204);
    expect(allowed.headers.get("access-control-allow-origin")).toBe("https://console.example");
    expect(allowed.headers.get("access-control-allow-headers")).toBe("authorization");
    expect((await ask("https://elsewhere.example")).headers.get("access-control-allow-origin")).toBeNull();
  });

  test("carries a note from the request over table, stream and queue to the last function", async () => {
    await Promise.all([1, 2, 3].map((n) => post("/v1/notes", `m#note-${n}`)));
    await post("/v1/notes", "b#filtered-out");
    await atRest();
    expect(await seen.results()).toEqual(expect.arrayContaining(["m#note-1", "m#note-2", "m#note-3"]));
    expect(await seen.results()).not.toContain("b#filtered-out");
  });

  test("brings a poison record to the failure queue and lets the others by", async () => {
    await Promise.all(["m#good-1", "m#poison-stream", "m#good-2"].map((key) => post("/v1/notes", key)));
    await atRest();
    expect(await seen.results()).toEqual(expect.arrayContaining(["m#good-1", "m#good-2"]));
    const [message] = await seen.messages(queueUrls.get("StreamFailures") ?? "");
    expect(JSON.parse(message ?? "{}")).toMatchObject({
      requestContext: { condition: "RetryAttemptsExhausted" },
      DDBStreamBatchInfo: { batchSize: 1 },
    });
  });

  test("brings a message that fails twice to the dead letters, alone of its batch", async () => {
    await Promise.all(["m#fine-1", "m#poison-queue", "m#fine-2"].map((key) => post("/v1/notes", key)));
    await atRest();
    expect(await seen.results()).toEqual(expect.arrayContaining(["m#fine-1", "m#fine-2"]));
    await until("the dead letter", async () =>
      (await seen.messages(queueUrls.get("WorkDead") ?? "")).includes("m#poison-queue"),
    );
  });

  test("ends a function at its timeout, and its message goes the way of failures", async () => {
    await post("/v1/notes", "m#hang");
    await until("the dead letter", async () =>
      (await seen.messages(queueUrls.get("WorkDead") ?? "")).includes("m#hang"),
    );
    await post("/v1/notes", "m#afterwards");
    await atRest();
    expect(await seen.results()).toContain("m#afterwards");
  }, 30_000);

  test("invokes by name and fires schedules from the operator's door, and nothing from a browser", async () => {
    const ask = (path: string, headers = {}) =>
      fetch(cloud.control + path, { method: "POST", body: '{"time":"t"}', headers });
    const invoked = await ask("/invoke/notes/tick");
    expect([invoked.status, await invoked.json()]).toEqual([200, { ticked: true }]);
    expect((await ask("/fire/notes/tick")).status).toBe(200);
    expect((await ask("/fire/notes/accept")).status).toBe(404);
    expect((await ask("/invoke/notes/nothing")).status).toBe(404);
    expect((await ask("/invoke/notes/crash")).headers.get("x-amz-function-error")).toBe("Unhandled");
    expect((await ask("/invoke/notes/tick", { origin: "https://evil.example" })).status).toBe(403);
    expect(await seen.results()).toContain("tick");
  });
});
