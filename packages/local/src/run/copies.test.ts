import { describe, expect, test } from "vitest";
import { createCopies } from "./copies.ts";
import type { Instance } from "./instance.ts";

function fake() {
  const ended: number[] = [];
  const dead = new Set<number>();
  const made: Instance[] = [];
  const start = (): Instance => {
    const id = made.length;
    const instance: Instance = {
      alive: () => !dead.has(id),
      async end() {
        ended.push(id);
      },
      run: async () => ({ ok: true, payload: id }),
    };
    made.push(instance);
    return instance;
  };
  return { start, ended, dead, made };
}

describe("createCopies", () => {
  test("starts no more than allowed, and lets the others wait in line", async () => {
    const { start, made } = fake();
    const copies = createCopies({ copies: 2, atOnce: 1 }, start);
    const [first, second] = [await copies.acquire(), await copies.acquire()];
    const third = copies.acquire();
    expect([made.length, copies.busy()]).toEqual([2, 3]);
    if (second !== undefined) copies.release(second);
    expect(await third).toBe(second);
    if (first !== undefined) copies.release(first);
    expect(copies.busy()).toBe(1);
  });

  test("takes a warm one before it starts another, and never a dead one", async () => {
    const { start, made, dead } = fake();
    const copies = createCopies({ copies: 2, atOnce: 1 }, start);
    const first = await copies.acquire();
    if (first !== undefined) copies.release(first);
    expect(await copies.acquire()).toBe(first);
    dead.add(0);
    if (first !== undefined) copies.release(first);
    expect(copies.count()).toBe(0);
    expect(await copies.acquire()).toBe(made[1]);
  });

  test("has those that it keeps before they are needed, and does not retire them", async () => {
    const { start, made, ended } = fake();
    const copies = createCopies({ copies: 2, atOnce: 1, kept: 1 }, start);
    expect([made.length, copies.idleSince(), copies.retire()]).toEqual([1, undefined, false]);
    const both = [await copies.acquire(), await copies.acquire()];
    for (const one of both) if (one !== undefined) copies.release(one);
    expect([copies.retire(), copies.retire(), ended]).toEqual([true, false, [0]]);
  });

  test("gives who waits a new one in place of one that died", async () => {
    const { start, made, dead } = fake();
    const copies = createCopies({ copies: 1, atOnce: 1 }, start);
    const first = await copies.acquire();
    const waiting = copies.acquire();
    dead.add(0);
    if (first !== undefined) copies.release(first);
    expect(await waiting).toBe(made[1]);
  });

  test("retires only what is idle", async () => {
    const { start, ended } = fake();
    const copies = createCopies({ copies: 2, atOnce: 1 }, start);
    const first = await copies.acquire();
    expect(copies.retire()).toBe(false);
    if (first !== undefined) copies.release(first);
    expect(copies.idleSince()).toBeTypeOf("number");
    expect(copies.retire()).toBe(true);
    expect([ended, copies.count()]).toEqual([[0], 0]);
  });

  test("sends everyone away when it stops", async () => {
    const { start, ended } = fake();
    const copies = createCopies({ copies: 1, atOnce: 1 }, start);
    await copies.acquire();
    const waiting = copies.acquire();
    await copies.stop();
    expect(await waiting).toBeUndefined();
    expect(await copies.acquire()).toBeUndefined();
    expect(ended).toEqual([0]);
  });

  test("fills a copy that bears several before it starts another, and waits when all are full", async () => {
    const { start, made } = fake();
    const copies = createCopies({ copies: 2, atOnce: 2 }, start);
    const places = [await copies.acquire(), await copies.acquire(), await copies.acquire(), await copies.acquire()];
    expect(places).toEqual([made[0], made[0], made[1], made[1]]);
    const waiting = copies.acquire();
    expect([made.length, copies.busy()]).toEqual([2, 5]);
    if (places[2] !== undefined) copies.release(places[2]);
    expect(await waiting).toBe(made[1]);
    for (const place of places.slice(0, 2)) if (place !== undefined) copies.release(place);
    expect(copies.idleSince()).toBeDefined();
    expect([copies.retire(), copies.retire(), copies.count(), copies.busy()]).toEqual([true, false, 1, 2]);
  });

  test("counts out everyone in a copy that died", async () => {
    const { start, made, dead } = fake();
    const copies = createCopies({ copies: 1, atOnce: 2 }, start);
    const both = [await copies.acquire(), await copies.acquire()];
    const waiting = copies.acquire();
    dead.add(0);
    for (const place of both) if (place !== undefined) copies.release(place);
    expect(await waiting).toBe(made[1]);
    expect([copies.count(), copies.busy()]).toEqual([1, 1]);
  });
});
