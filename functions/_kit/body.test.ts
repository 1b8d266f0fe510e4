import { gzipSync } from "node:zlib";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { deepest, largestWireBytes, readJson, readText } from "./body.ts";
import { gatewayRequest, type Sent } from "./gateway.fixture.ts";

const nested = (levels: number) => "[".repeat(levels) + "]".repeat(levels);
const json = (sent: Sent) => readJson(gatewayRequest(sent));
const type = (value: string) => ({ "content-type": value });

describe("readJson", () => {
  test.for<{ sent: Sent; code: string; why: string }>([
    { sent: { body: "{", headers: type("text/plain") }, code: "unsupported_media_type", why: "another type" },
    { sent: { body: "{}", headers: type("") }, code: "unsupported_media_type", why: "no type" },
    {
      sent: { body: "{}", headers: type("application/json; charset=latin1") },
      code: "unsupported_media_type",
      why: "charset",
    },
    { sent: { body: "{", headers: { "content-encoding": "br" } }, code: "unsupported_encoding", why: "brotli" },
    { sent: { body: Buffer.alloc(largestWireBytes + 1, " ") }, code: "payload_too_large", why: "past the wire" },
    { sent: { body: "é".repeat(largestWireBytes / 2 + 1) }, code: "payload_too_large", why: "text past the wire" },
    { sent: { body: Buffer.alloc(largestWireBytes, " ") }, code: "invalid_json", why: "as much as the wire takes" },
    {
      sent: { body: gzipSync(Buffer.alloc(21 * 1024 * 1024)), headers: { "content-encoding": "gzip" } },
      code: "payload_too_large",
      why: "a bomb",
    },
    {
      sent: { body: "{}", headers: { "content-encoding": "gzip" } },
      code: "invalid_encoding",
      why: "not what it says",
    },
    { sent: { body: nested(deepest + 1) }, code: "too_deep", why: "a level past the deepest" },
    { sent: { body: "[".repeat(100_000) }, code: "too_deep", why: "far past the deepest" },
    { sent: { body: Buffer.from([0x22, 0xff, 0x22]) }, code: "invalid_json", why: "no UTF-8" },
    { sent: { body: Buffer.from([0x22, 0xed, 0xa0, 0x80, 0x22]) }, code: "invalid_json", why: "a surrogate in UTF-8" },
    { sent: { body: "{a:1}" }, code: "invalid_json", why: "not JSON" },
    { sent: { body: "" }, code: "invalid_json", why: "nothing" },
    { sent: { body: "NaN" }, code: "invalid_json", why: "no number of JSON" },
    { sent: { body: '{"__proto__":{"admin":true}}' }, code: "invalid_request", why: "a prototype" },
    { sent: { body: '{"a":[{"constructor":1}]}' }, code: "invalid_request", why: "a constructor" },
    { sent: { body: '{"\\u005f_proto__":1}' }, code: "invalid_request", why: "an escaped prototype" },
    { sent: { body: '{"name":"\\ud800"}' }, code: "invalid_request", why: "half a pair" },
    { sent: { body: '{"\\udc00":1}' }, code: "invalid_request", why: "half a pair in a name" },
  ])("answers $code for $why", ({ sent, code }) => {
    expect(json(sent)).toMatchObject({ ok: false, error: { code } });
  });

  test.for<{ sent: Sent; value: unknown }>([
    { sent: { body: '{"a":1}' }, value: { a: 1 } },
    { sent: { body: Buffer.from('{"a":"é"}') }, value: { a: "é" } },
    { sent: { body: "\ufeff[]" }, value: [] },
    { sent: { body: Buffer.from("\ufeff[]") }, value: [] },
    { sent: { body: '"\ud800"' }, value: "\ufffd" },
    { sent: { body: "[]", headers: type('Application/JSON; Charset="UTF-8"') }, value: [] },
    { sent: { body: nested(deepest) }, value: JSON.parse(nested(deepest)) },
    { sent: { body: gzipSync('"x"'), headers: { "content-encoding": "gzip" } }, value: "x" },
    { sent: { body: '{"a":"\\ud83d\\ude00"}' }, value: { a: "😀" } },
  ])("reads $sent.body", ({ sent, value }) => {
    expect(json(sent)).toMatchObject({ ok: true, value: { value } });
  });

  test("names where a strange field lies", () => {
    expect(json({ body: '{"a":[1,{"prototype":1}]}' })).toMatchObject({
      error: { issues: [{ path: "a.1.prototype" }] },
    });
  });

  test("survives any bytes", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        expect(typeof json({ body: bytes }).ok).toBe("boolean");
      }),
    );
  });

  test("reads every JSON value that has no strange names", () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const text = JSON.stringify(value);
        const strange = /"(?:__proto__|constructor|prototype)":/.test(text);
        const read = json({ body: text });
        expect(read.ok).toBe(!strange);
        if (read.ok) expect(JSON.stringify(read.value.value)).toBe(JSON.stringify(JSON.parse(text)));
        if (read.ok) expect(read.value.text).toBe(text);
      }),
    );
  });
});

describe("readText", () => {
  const accepts = ["application/json", "application/x-ndjson"];

  test("hands the text and its type on", () => {
    const request = gatewayRequest({ body: "1\n2", headers: type("application/x-ndjson; a=b") });
    expect(readText(request, accepts)).toEqual({
      ok: true,
      value: { mediaType: "application/x-ndjson", text: "1\n2" },
    });
  });

  test("names the types it reads", () => {
    const request = gatewayRequest({ body: "", headers: type("text/csv") });
    expect(readText(request, accepts)).toEqual({ ok: false, error: { code: "unsupported_media_type", accepts } });
  });
});
