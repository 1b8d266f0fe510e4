import { createServer, type Server } from "node:http";
import { afterEach, describe, expect, test } from "vitest";
import { streamTail, wantsStream } from "./event-stream.ts";
import type { Reply } from "./reply.ts";

const open: Server[] = [];
afterEach(() => {
  for (const server of open.splice(0)) {
    server.closeAllConnections();
    server.close();
  }
});

const json = (body: unknown, status = 200): Reply => ({
  status,
  headers: { "content-type": "application/json", "x-request-id": "r" },
  body: JSON.stringify(body),
});

/** A server that streams what each look answers; `asked` are the queries that it came with. */
async function serve(looks: readonly Reply[]) {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    const ask = async (query: string) => {
      asked.push(query);
      return looks[asked.length - 1] ?? json({ code: "stopped" }, 503);
    };
    void streamTail(request, response, ask).then((reply) => {
      if (reply === undefined) return;
      response.writeHead(reply.status).end(reply.body);
    });
  });
  open.push(server);
  await new Promise<void>((resolve) => void server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  return { asked, url: `http://127.0.0.1:${typeof address === "object" ? address?.port : 0}/v1/events/tail` };
}

describe("streamTail", () => {
  test("sends each look's events, with ids from which none is missed", async () => {
    const { asked, url } = await serve([
      json({ items: [{ id: "a" }, { id: "b" }], cursor: "c1", oneIn: 1 }),
      json({ items: [{ id: "c" }], cursor: "c2", oneIn: 7 }),
    ]);
    const answer = await fetch(`${url}?customer=ann&wait=20`);
    expect(answer.headers.get("content-type")).toBe("text/event-stream");
    expect(answer.headers.get("x-request-id")).toBe("r");
    expect(await answer.text()).toBe(
      [
        'event: event\ndata: {"id":"a"}\n\n',
        'event: event\ndata: {"id":"b"}\n\n',
        'id: c1\nevent: look\ndata: {"oneIn":1,"items":2}\n\n',
        'id: c1\nevent: event\ndata: {"id":"c"}\n\n',
        'id: c2\nevent: look\ndata: {"oneIn":7,"items":1}\n\n',
      ].join(""),
    );
    expect(asked).toEqual(["customer=ann&wait=0", "customer=ann&wait=0&cursor=c1", "customer=ann&wait=0&cursor=c2"]);
  });

  test("goes on from the last id that a client saw", async () => {
    const { asked, url } = await serve([json({ items: [], cursor: "c9", oneIn: 1 })]);
    await (await fetch(`${url}?cursor=c1`, { headers: { "last-event-id": "c8" } })).text();
    expect(asked).toEqual(["cursor=c8&wait=0", "cursor=c9&wait=0"]);
  });

  test("answers a refusal as it is", async () => {
    const { url } = await serve([json({ code: "invalid_cursor" }, 400)]);
    const answer = await fetch(url);
    expect([answer.status, await answer.json()]).toEqual([400, { code: "invalid_cursor" }]);
  });

  test("stops asking when the client has gone", async () => {
    const { asked, url } = await serve(Array.from({ length: 50 }, () => json({ items: [], cursor: "c", oneIn: 1 })));
    const gone = new AbortController();
    const answer = await fetch(url, { signal: gone.signal });
    await answer.body?.getReader().read();
    gone.abort();
    await new Promise((resolve) => setTimeout(resolve, 900));
    const looks = asked.length;
    await new Promise((resolve) => setTimeout(resolve, 900));
    expect(asked).toHaveLength(looks);
  });
});

test.for([
  { method: "GET", accept: "text/event-stream", wants: true },
  { method: "GET", accept: "application/json, text/event-stream;q=0.9", wants: true },
  { method: "GET", accept: "application/json", wants: false },
  { method: "GET", accept: undefined, wants: false },
  { method: "POST", accept: "text/event-stream", wants: false },
])("$method with $accept wants a stream: $wants", ({ method, accept, wants }) => {
  expect(wantsStream({ method, headers: accept === undefined ? {} : { accept } })).toBe(wants);
});
