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
    const copies = createCopies(2, start);
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
    const copies = createCopies(2, start);
    const first = await copies.acquire();
    if (first !== undefined) copies.release(first);
    expect(await copies.acquire()).toBe(first);
    dead.add(0);
    if (first !== undefined) copies.release(first);
    expect(copies.count()).toBe(0);
    expect(await copies.acquire()).toBe(made[1]);
  });

  test("gives who waits a new one in place of one that died", async () => {
    const { start, made, dead } = fake();
    const copies = createCopies(1, start);
    const first = await copies.acquire();
    const waiting = copies.acquire();
    dead.add(0);
    if (first !== undefined) copies.release(first);
    expect(await waiting).toBe(made[1]);
  });

  test("retires only what is idle", async () => {
    const { start, ended } = fake();
    const copies = createCopies(2, start);
    const first = await copies.acquire();
    expect(copies.retire()).toBe(false);
    if (first !== undefined) copies.release(first);
    expect(copies.idleSince()).toBeTypeOf("number");
    expect(copies.retire()).toBe(true);
    expect([ended, copies.count()]).toEqual([[0], 0]);
  });

  test("sends everyone away when it stops", async () => {
    const { start, ended } = fake();
    const copies = createCopies(1, start);
    await copies.acquire();
    const waiting = copies.acquire();
    await copies.stop();
    expect(await waiting).toBeUndefined();
    expect(await copies.acquire()).toBeUndefined();
    expect(ended).toEqual([0]);
  });
});
