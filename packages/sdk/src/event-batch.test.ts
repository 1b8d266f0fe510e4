import { gunzipSync } from "node:zlib";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { cutBatches, encodeBatch } from "./event-batch.ts";
import { fixedEvent } from "./usage-event.ts";

const event = (timeMs: number, bytes = 10) => fixedEvent("id", "x".repeat(bytes), timeMs);

describe("cutBatches", () => {
  test.for([
    { sizes: [], batches: [], why: "nothing is no batch" },
    { sizes: [10, 10, 10], batches: [3], why: "a full batch" },
    { sizes: [10, 10, 10, 10], batches: [3, 1], why: "one more starts another" },
    { sizes: [49, 50], batches: [2], why: "the bytes fit, with a comma" },
    { sizes: [50, 50], batches: [1, 1], why: "a byte too many" },
    { sizes: [10, 500, 10], batches: [1, 1, 1], why: "a large one goes alone" },
  ])("$sizes into $batches: $why", ({ sizes, batches }) => {
    const cut = cutBatches(
      sizes.map((size) => event(0, size)),
      { events: 3, bytes: 100 },
    );
    expect(cut.map((batch) => batch.length)).toEqual(batches);
  });

  test("sorts by time, and loses and doubles nothing", () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.integer(), fc.integer({ min: 1, max: 200 }))), (given) => {
        const events = given.map(([time, bytes]) => event(time, bytes));
        const cut = cutBatches(events, { events: 7, bytes: 300 });
        expect(new Set(cut.flat())).toEqual(new Set(events));
        expect(cut.flat().map((one) => one.timeMs)).toEqual(events.map((one) => one.timeMs).sort((a, b) => a - b));
        for (const batch of cut) expect(batch.length).toBeLessThanOrEqual(7);
      }),
    );
  });
});

describe("encodeBatch", () => {
  const batch = (count: number) => Array.from({ length: count }, (_, at) => fixedEvent("id", `{"id":"é${at}"}`, 0));

  test("leaves a small body plain", async () => {
    const { headers, body } = await encodeBatch(batch(2));
    expect(headers).toEqual({ "content-type": "application/json" });
    expect(Buffer.from(body).toString()).toBe('{"events":[{"id":"é0"},{"id":"é1"}]}');
  });

  test("packs a large body, to the same bytes each time", async () => {
    const { headers, body } = await encodeBatch(batch(500));
    expect(headers["content-encoding"]).toBe("gzip");
    expect(JSON.parse(gunzipSync(body).toString()).events).toHaveLength(500);
    expect((await encodeBatch(batch(500))).body).toEqual(body);
  });

  test("tells batches apart by a digest of what they hold", async () => {
    const { digest } = await encodeBatch(batch(2));
    expect(digest).toMatch(/^[0-9a-f]{64}$/);
    expect((await encodeBatch(batch(2))).digest).toBe(digest);
    expect((await encodeBatch(batch(3))).digest).not.toBe(digest);
  });

  test("leaves it plain where the platform cannot pack", async () => {
    const platform = Object.getOwnPropertyDescriptor(globalThis, "CompressionStream");
    Reflect.deleteProperty(globalThis, "CompressionStream");
    const { headers } = await encodeBatch(batch(500));
    Object.defineProperty(globalThis, "CompressionStream", platform ?? {});
    expect(headers).toEqual({ "content-type": "application/json" });
  });
});
