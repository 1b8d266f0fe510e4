import fc from "fast-check";
import { afterEach, describe, expect, test } from "vitest";
import { Farthing } from "./farthing.ts";
import { type FarthingError, UnsentError } from "./farthing-error.ts";
import type { FarthingOptions, RejectedEvent } from "./farthing-options.ts";
import { type Loopback, type LoopbackRules, type Mischief, startLoopback } from "./loopback.ts";
import { instantClock, manualClock } from "./virtual-clock.ts";

let open: { close(): Promise<unknown> }[] = [];
afterEach(async () => {
  for (const one of open) await one.close();
  open = [];
});

async function api(rules: LoopbackRules = {}): Promise<Loopback> {
  const loopback = await startLoopback(rules);
  open.push(loopback);
  return loopback;
}

/** A Farthing against a loopback API, on a clock of the test's, with everything that it reports. */
function tracker({ url }: Loopback, options: Partial<FarthingOptions> = {}) {
  const rejected: RejectedEvent[] = [];
  const errors: FarthingError[] = [];
  const clock = manualClock();
  const farthing = new Farthing({
    key: "frt_test",
    url,
    clock,
    random: () => 0,
    onRejected: (one) => rejected.push(one),
    onError: (error) => errors.push(error),
    ...options,
  });
  return { farthing, clock, rejected, errors };
}

const event = (n: number) => ({ id: `e${n}`, type: "call", customer: `c${n % 3}`, data: { n } });
const events = (count: number) => Array.from({ length: count }, (_, n) => event(n));
const status = (code: number, headers?: Record<string, string>): Mischief => ({
  kind: "status",
  status: code,
  ...(headers && { headers }),
});
const turn = () => new Promise((resolve) => setTimeout(resolve, 5));

/** Waits for what a server does in its own time; the test's time-out is the bound. */
async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await turn();
}

describe("batches", () => {
  test("leave when they are full, and say who sends them", async () => {
    const server = await api();
    const { farthing } = tracker(server, { batch: { events: 3 } });
    for (const one of events(7)) void farthing.track(one);
    await until(() => farthing.counts.accepted === 6);
    expect(server.requests.map(({ texts }) => texts.length)).toEqual([3, 3]);
    const [first, second] = server.requests.map(({ headers }) => headers);
    expect(first?.authorization).toBe("Bearer frt_test");
    expect(first?.["idempotency-key"]).toMatch(/^events [0-9a-f]{64}$/);
    expect(second?.["idempotency-key"]).not.toBe(first?.["idempotency-key"]);
    expect(farthing.counts).toMatchObject({ pending: 1 });
  });

  test("leave when they hold enough bytes", async () => {
    const server = await api();
    const { farthing } = tracker(server, { batch: { bytes: 250 } });
    for (const one of events(3)) void farthing.track(one);
    await until(() => server.requests.length > 0);
  });

  test("leave when the interval is over, and not before", async () => {
    const server = await api();
    const { farthing, clock } = tracker(server, { intervalMs: 1_000 });
    await farthing.track(event(1));
    clock.advance(999);
    await turn();
    expect(server.requests).toHaveLength(0);
    clock.advance(1);
    await until(() => server.stored.size === 1);
    await farthing.track(event(2));
    clock.advance(1_000);
    await until(() => server.stored.size === 2);
  });

  test("are sorted by time", async () => {
    const server = await api();
    const { farthing } = tracker(server);
    for (const day of ["03", "01", "02"])
      void farthing.track({ ...event(1), id: day, time: `2026-11-${day}T00:00:00Z` });
    await farthing.flush();
    expect(server.requests[0]?.texts.map((text) => JSON.parse(text).id)).toEqual(["01", "02", "03"]);
  });

  test("never hold more than a request may", () => {
    const options = { key: "k", url: "http://127.0.0.1:1" };
    expect(() => new Farthing({ ...options, batch: { events: 10_001 } })).toThrow(RangeError);
    expect(() => new Farthing({ ...options, batch: { events: 10_000 } })).not.toThrow();
    expect(() => new Farthing({ ...options, batch: { bytes: 20_000_000 } })).toThrow(RangeError);
  });
});

describe("track", () => {
  test("resolves to the id, made when there is none, and takes the event as it was", async () => {
    const server = await api();
    const { farthing } = tracker(server, { newId: () => "made" });
    const data = { n: 1 };
    const tracked = farthing.track({ type: "call", customer: "acme", data });
    data.n = 2;
    expect(await tracked).toBe("made");
    await farthing.close();
    expect([...server.stored.values()]).toEqual([
      '{"id":"made","type":"call","customer":"acme","time":"2026-11-22T00:00:00.000Z","data":{"n":1}}',
    ]);
  });

  test("makes its caller wait while the buffer is full", async () => {
    const server = await api();
    const { farthing } = tracker(server, { buffer: { events: 2 } });
    await farthing.track(event(1));
    await farthing.track(event(2));
    let hasRoom = false;
    const third = farthing.track(event(3)).then(() => {
      hasRoom = true;
    });
    await turn();
    expect(hasRoom).toBe(false);
    await farthing.flush();
    await third;
    expect(server.stored.size).toBe(3);
  });

  test.for([
    { broken: { type: "call" }, code: "invalid_event" },
    { broken: { type: "call", customer: "acme", data: { n: Number.NaN } }, code: "invalid_event" },
    { broken: null, code: "invalid_event" },
  ])("refuses what can be no event, to who awaits and to onRejected: $broken", async ({ broken, code }) => {
    const { farthing, rejected } = tracker(await api());
    await expect(farthing.track(broken as never)).rejects.toMatchObject({ code });
    expect(rejected).toMatchObject([{ event: broken, code }]);
    expect(farthing.counts).toEqual({ accepted: 0, duplicates: 0, rejected: 1, pending: 0 });
  });

  test("refuses after close, and does not crash a caller who looks away", async () => {
    const { farthing, rejected } = tracker(await api());
    await farthing.close();
    void farthing.track(event(1));
    await turn();
    expect(rejected).toMatchObject([{ event: event(1), code: "closed" }]);
  });

  test.for([
    { key: "", url: "http://x" },
    { key: "a b", url: "http://x" },
    { key: "k", url: "x" },
    { key: "k", url: "ftp://x" },
  ])("needs a key and an address: $key, $url", (options) => expect(() => new Farthing(options)).toThrow(TypeError));
});

describe("a refusal", () => {
  test("of one event leaves the others", async () => {
    const server = await api({ refuse: ({ id }) => (id === "e1" ? "time_too_old" : undefined) });
    const { farthing, rejected } = tracker(server);
    for (const one of events(3)) void farthing.track(one);
    expect(await farthing.flush()).toEqual({ accepted: 2, duplicates: 0, rejected: 1, pending: 0 });
    expect(rejected).toMatchObject([{ event: event(1), code: "time_too_old", message: "it is time_too_old" }]);
  });

  test("of every event is told for each", async () => {
    const server = await api({ refuse: () => "invalid_event" });
    const { farthing, rejected } = tracker(server);
    for (const one of events(3)) void farthing.track(one);
    await farthing.close();
    expect(rejected.map(({ event: { id } }) => id)).toEqual(["e0", "e1", "e2"]);
  });

  test("is known for each event also where the answer lists only some", async () => {
    const server = await api({ refuse: ({ id }) => (id === "e4" ? undefined : "invalid_event"), mostListed: 2 });
    const { farthing, rejected } = tracker(server);
    for (const one of events(8)) void farthing.track(one);
    expect(await farthing.flush()).toMatchObject({ accepted: 1, rejected: 7, pending: 0 });
    expect(new Set(rejected.map(({ event: { id } }) => id)).size).toBe(7);
    expect([...server.stored.keys()]).toHaveLength(1);
  });

  test("of a batch as too large is met by halves", async () => {
    const server = await api({ mostEvents: 3 });
    const { farthing } = tracker(server);
    for (const one of events(10)) void farthing.track(one);
    expect(await farthing.flush()).toMatchObject({ accepted: 10, pending: 0 });
    expect(server.stored.size).toBe(10);
  });

  test("of a single event as too large is told", async () => {
    const server = await api({ mostEvents: 0 });
    const { farthing, rejected } = tracker(server);
    for (const one of events(3)) void farthing.track(one);
    expect(await farthing.flush()).toMatchObject({ accepted: 0, rejected: 3, pending: 0 });
    expect(rejected.map(({ code }) => code)).toEqual(["batch_too_large", "batch_too_large", "batch_too_large"]);
  });

  test("with a warning keeps the event", async () => {
    const warned: RejectedEvent[] = [];
    const server = await api({ warn: () => "unmetered" });
    const { farthing, rejected } = tracker(server, { onWarning: (one) => warned.push(one) });
    void farthing.track(event(1));
    expect(await farthing.flush()).toMatchObject({ accepted: 1 });
    expect([warned, rejected]).toMatchObject([[{ event: event(1), code: "unmetered" }], []]);
  });
});

describe("a fault", () => {
  test.for<[string, Mischief]>([
    ["the connection is cut before anything is stored", { kind: "drop_before_store" }],
    ["the events are stored and the answer is lost", { kind: "drop_after_store" }],
    ["the answer is cut short", { kind: "cut_answer" }],
    ["too many requests", status(429, { "retry-after": "1" })],
    ["a fault of the server", status(500)],
    ["the server is away", status(503, { "retry-after": "1" })],
    ["a success that is not the API's", { kind: "status", status: 200, body: "<html>welcome</html>" }],
  ])("is tried again with the same bytes: %s", async ([, mischief]) => {
    const server = await api({ mischief: (request) => (request < 2 ? mischief : undefined) });
    const { farthing, errors } = tracker(server, { clock: instantClock() });
    for (const one of events(50)) void farthing.track(one);
    expect(await farthing.flush()).toMatchObject({ accepted: 50, rejected: 0, pending: 0 });
    expect(new Set(server.requests.map(({ wire }) => wire)).size).toBe(1);
    expect([server.requests.length, server.stored.size, server.altered, errors]).toEqual([3, 50, [], []]);
  });

  test("waits for as long as it is told to, and otherwise longer each time", async () => {
    const answers = [status(429, { "retry-after": "7" }), status(500), status(500)];
    const clock = instantClock();
    const server = await api({ mischief: (request) => answers[request] });
    const { farthing } = tracker(server, { clock, random: () => 0.5, intervalMs: 0 });
    void farthing.track(event(1));
    await farthing.flush();
    expect(clock.slept.filter((ms) => ms > 0)).toEqual([7_100, 200, 400]);
  });

  test("of a server that never answers ends at the deadline", async () => {
    const server = await api({ mischief: (request) => (request === 0 ? { kind: "silence" } : undefined) });
    const { farthing, clock } = tracker(server, { timeoutMs: 5_000 });
    void farthing.track(event(1));
    const flushed = farthing.flush();
    await until(() => server.requests.length === 1);
    clock.advance(5_000);
    await until(() => clock.slept.at(-1) === 0);
    clock.advance(0);
    expect(await flushed).toMatchObject({ accepted: 1 });
  });

  test.for([401, 403, 404, 405, 415, 301])(
    "of ours is not tried again by itself, and keeps the events: %i",
    async (code) => {
      const server = await api({
        mischief: (request) => (request === 0 ? status(code, { location: "/" }) : undefined),
      });
      const { farthing, errors, clock } = tracker(server);
      for (const one of events(3)) void farthing.track(one);
      await expect(farthing.flush()).rejects.toMatchObject({ code: "unsent", remaining: 3 });
      clock.advance(29_999);
      await turn();
      expect([server.requests.length, errors.map(({ status }) => status)]).toEqual([1, [code]]);
      expect(farthing.pending()).toMatchObject(events(3));
      expect(await farthing.flush()).toMatchObject({ accepted: 3, pending: 0 });
    },
  );

  test("that lasts is told, rests, and loses nothing", async () => {
    let away = true;
    const server = await api({ mischief: () => (away ? status(503) : undefined) });
    const { farthing, errors, clock } = tracker(server, { attempts: 2, backoff: { baseMs: 0, capMs: 0 } });
    void farthing.track(event(1));
    const failed = farthing.flush();
    await until(() => clock.slept.includes(0));
    clock.advance(0);
    await expect(failed).rejects.toThrow(UnsentError);
    expect(errors).toMatchObject([{ status: 503, code: "http_503" }]);

    void farthing.track(event(2));
    away = false;
    clock.advance(29_999);
    await turn();
    expect(server.requests).toHaveLength(2);
    clock.advance(1);
    await until(() => farthing.counts.accepted === 2);
    expect(farthing.counts).toEqual({ accepted: 2, duplicates: 0, rejected: 0, pending: 0 });
  });

  test("of one batch does not hold up the others", async () => {
    const server = await api({
      mischief: (_, texts) => (texts.some((text) => text.includes('"e0"')) ? status(403) : undefined),
    });
    const { farthing } = tracker(server, { batch: { events: 1 }, concurrency: 1 });
    for (const one of events(4)) void farthing.track(one);
    await farthing.flush().catch(() => {});
    await expect(farthing.flush()).rejects.toMatchObject({ remaining: 1 });
    expect(farthing.counts).toMatchObject({ accepted: 3, pending: 1 });
  });

  test("of one batch is told by a flush once the others have ended", async () => {
    const server = await api({ mischief: (_, texts) => (texts.join().includes('"e0"') ? status(403) : undefined) });
    const errors: FarthingError[] = [];
    const { farthing } = tracker(server, {
      batch: { events: 1 },
      concurrency: 2,
      onError: (error) => errors.push(error),
      fetch: async (input, init) => {
        if (Buffer.from(init?.body as Uint8Array).includes('"e1"')) await until(() => errors.length === 1);
        return await fetch(input, init);
      },
    });
    for (const one of events(2)) void farthing.track(one);
    await expect(farthing.flush()).rejects.toMatchObject({ remaining: 1 });
  });

  test("of the first half of a batch spares the second one its attempts", async () => {
    const server = await api({ mostEvents: 2, mischief: (request) => (request > 0 ? status(403) : undefined) });
    const { farthing } = tracker(server);
    for (const one of events(4)) void farthing.track(one);
    await expect(farthing.flush()).rejects.toMatchObject({ remaining: 4 });
    expect(server.requests.map(({ texts }) => texts.length)).toEqual([4, 2]);
  });

  test("at close leaves the events at hand, and no timer", async () => {
    let away = true;
    const server = await api({ mischief: () => (away ? status(401) : undefined) });
    const { farthing, clock } = tracker(server);
    for (const one of events(3)) void farthing.track(one);
    await expect(farthing.close()).rejects.toMatchObject({ remaining: 3, cause: { status: 401 } });
    clock.advance(1_000_000);
    await turn();
    expect(server.requests).toHaveLength(1);
    away = false;
    expect(await farthing.flush()).toMatchObject({ accepted: 3, pending: 0 });
  });

  test("of a callback is its owner's, and stops nothing", async () => {
    const thrown: unknown[] = [];
    const listeners = process.listeners("uncaughtException");
    process.removeAllListeners("uncaughtException");
    process.once("uncaughtException", (error) => thrown.push(error));
    const server = await api({ refuse: ({ id }) => (id === "e0" ? "invalid_event" : undefined) });
    const { farthing } = tracker(server, {
      onRejected: () => {
        throw new Error("from the callback");
      },
    });
    for (const one of events(2)) void farthing.track(one);
    expect(await farthing.flush()).toMatchObject({ accepted: 1, rejected: 1, pending: 0 });
    await until(() => thrown.length === 1);
    for (const listener of listeners) process.on("uncaughtException", listener);
    expect(String(thrown[0])).toContain("from the callback");
  });
});

describe("flush", () => {
  test("answers at once when there is nothing to send", async () => {
    const { farthing } = tracker(await api());
    expect(await farthing.flush()).toEqual({ accepted: 0, duplicates: 0, rejected: 0, pending: 0 });
  });

  test("counts what was accepted although its answer was lost", async () => {
    const server = await api({ mischief: (request) => (request === 0 ? { kind: "drop_after_store" } : undefined) });
    const { farthing } = tracker(server, { clock: instantClock() });
    for (const one of events(3)) void farthing.track(one);
    expect(await farthing.flush()).toEqual({ accepted: 3, duplicates: 0, rejected: 0, pending: 0 });
  });

  test("waits for events that wait for room", async () => {
    const server = await api();
    const { farthing } = tracker(server, { buffer: { events: 2 } });
    for (const one of events(9)) void farthing.track(one);
    await farthing.flush();
    expect(server.stored.size).toBe(9);
  });
});

describe("whatever goes wrong", () => {
  const mischief = fc.option(
    fc.oneof(
      fc.constantFrom<Mischief>({ kind: "drop_before_store" }, { kind: "drop_after_store" }, { kind: "cut_answer" }),
      fc.constantFrom(status(429), status(500), status(503), status(401), status(413)),
    ),
    { nil: undefined, freq: 2 },
  );
  const program = fc.array(
    fc.oneof(
      fc.record({
        step: fc.constant("track" as const),
        id: fc.integer({ min: 0, max: 30 }),
        hour: fc.integer({ min: 0, max: 20 }),
      }),
      fc.record({ step: fc.constantFrom("turn" as const, "flush" as const) }),
    ),
    { minLength: 1, maxLength: 40 },
  );

  test("every event is accepted, told or held; none is sent with other bytes; the order changes nothing", async () => {
    await fc.assert(
      fc.asyncProperty(program, fc.array(mischief, { maxLength: 20 }), async (steps, mischiefs) => {
        const server = await startLoopback({
          mischief: (request) => mischiefs[request],
          refuse: ({ id }) => (id === "e13" ? "invalid_event" : undefined),
        });
        const { farthing, rejected } = tracker(server, {
          clock: instantClock(),
          attempts: 3,
          concurrency: 2,
          batch: { events: 4 },
          buffer: { events: 6 },
        });
        const tracked: string[] = [];
        for (const it of steps) {
          if (it.step === "turn") await new Promise(setImmediate);
          if (it.step === "flush") await farthing.flush().catch(() => {});
          if (it.step === "track") {
            tracked.push(`e${it.id}`);
            void farthing.track({
              id: `e${it.id}`,
              type: "t",
              customer: "c",
              time: new Date(it.hour * 3_600_000 + it.id),
            });
          }
          const { accepted, rejected: refused, pending } = farthing.counts;
          expect(accepted + refused + pending).toBe(tracked.length);
        }
        for (let round = 0; round < 40 && farthing.counts.pending > 0; round++) await farthing.flush().catch(() => {});
        await farthing.close();
        await server.close();

        const stored = [...server.stored.keys()].map((identity) => JSON.parse(identity)[2]);
        const told = rejected.map(({ event: { id } }) => id);
        expect(new Set([...stored, ...told])).toEqual(new Set(tracked));
        expect(farthing.counts).toMatchObject({
          accepted: tracked.length - told.length,
          rejected: told.length,
          pending: 0,
        });
        const bytes = new Map<string, Set<string>>();
        for (const text of server.requests.flatMap(({ texts }) => texts)) {
          const { id, time } = JSON.parse(text);
          bytes.set(`${id} ${time}`, (bytes.get(`${id} ${time}`) ?? new Set()).add(text));
        }
        for (const variants of bytes.values()) expect(variants.size).toBe(1);
      }),
      { numRuns: 150, seed: 20261122 },
    );
  });
});
