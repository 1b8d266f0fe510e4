import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { EventBuffer } from "./event-buffer.ts";
import { fixedEvent } from "./usage-event.ts";

const event = (bytes: number) => fixedEvent("id", "x".repeat(bytes), 0);

async function isDone(promise: Promise<void>): Promise<boolean> {
  let done = false;
  void promise.then(() => {
    done = true;
  });
  await new Promise(setImmediate);
  return done;
}

describe("EventBuffer", () => {
  test.for([
    { room: { events: 2, bytes: 100 }, sizes: [1, 1], last: true, why: "the last place is a place" },
    { room: { events: 2, bytes: 100 }, sizes: [1, 1, 1], last: false, why: "the places are taken" },
    { room: { events: 9, bytes: 100 }, sizes: [60, 40], last: true, why: "the last byte is free" },
    { room: { events: 9, bytes: 100 }, sizes: [60, 41], last: false, why: "a byte too many" },
    { room: { events: 9, bytes: 100 }, sizes: [101], last: true, why: "alone, anything is let in" },
  ])("$sizes in $room: $last, because $why", async ({ room, sizes, last }) => {
    const buffer = new EventBuffer(room);
    const added = sizes.map((size) => buffer.add(event(size)));
    expect(await isDone(added.at(-1) ?? Promise.resolve())).toBe(last);
  });

  test("holds room until it is released, not until it is taken", async () => {
    const buffer = new EventBuffer({ events: 1, bytes: 100 });
    void buffer.add(event(1));
    const second = buffer.add(event(2));
    const taken = buffer.takeAll();
    expect([taken.length, buffer.readyEvents, await isDone(second)]).toEqual([1, 0, false]);
    buffer.release(taken);
    expect([buffer.readyEvents, buffer.readyBytes, await isDone(second)]).toEqual([1, 2, true]);
  });

  test("hands everything over once, in order, within its room, whatever the order of steps", () => {
    const step = fc.oneof(fc.integer({ min: 1, max: 60 }), fc.constant("take"), fc.constant("release"));
    fc.assert(
      fc.property(fc.array(step), (steps) => {
        const room = { events: 5, bytes: 100 };
        const buffer = new EventBuffer(room);
        const added: object[] = [];
        const seen: ReturnType<typeof event>[] = [];
        let released = 0;
        const release = () => {
          buffer.release(seen.slice(released));
          released = seen.length;
        };
        for (const it of steps) {
          if (it === "take") seen.push(...buffer.takeAll());
          else if (it === "release") release();
          else if (typeof it === "number") {
            const one = event(it);
            added.push(one);
            void buffer.add(one);
          }
          expect(seen.length - released + buffer.readyEvents).toBeLessThanOrEqual(room.events);
        }
        for (let turn = 0; turn <= steps.length; turn++) {
          seen.push(...buffer.takeAll());
          release();
        }
        expect(seen).toEqual(added);
      }),
    );
  });
});
