import { describe, expect, test } from "vitest";
import { Gathering } from "./gathering.ts";

/** A writer whose writes end when the test says so. */
function writer(most = 10, moment = async () => {}) {
  const writes: { key: string; items: readonly string[]; end: (error?: Error) => void }[] = [];
  const gathering = new Gathering<string, string>(
    (key, items) => {
      const { promise, resolve, reject } = Promise.withResolvers<string>();
      const end = (error?: Error) => (error === undefined ? resolve(`${key}:${items.join("+")}`) : reject(error));
      writes.push({ key, items, end });
      return promise;
    },
    most,
    moment,
  );
  const begun = () => writes.map(({ key, items }) => `${key}:${items.join("+")}`);
  return { gathering, writes, begun };
}

const turns = async () => {
  for (let turn = 0; turn < 3; turn++) await new Promise(setImmediate);
};

describe("Gathering", () => {
  test("writes together what arrives in one turn of the loop, and answers each after that write", async () => {
    const { gathering, writes, begun } = writer();
    const answers = Promise.all([gathering.put("k", "a"), gathering.put("k", "b")]);
    await turns();
    expect(begun()).toEqual(["k:a+b"]);
    writes[0]?.end();
    expect(await answers).toEqual(["k:a+b", "k:a+b"]);
  });

  test("answers nobody before the write of its own item has ended, and has two writes under way at most", async () => {
    const { gathering, writes, begun } = writer();
    const answered: string[] = [];
    const put = (item: string) => gathering.put("k", item).then(() => answered.push(item));
    const first = put("a");
    await turns();
    const second = put("b");
    await turns();
    const others = Promise.all([put("c"), put("d")]);
    await turns();
    expect([begun(), answered]).toEqual([["k:a", "k:b"], []]);
    writes[1]?.end();
    await second;
    await turns();
    expect([begun(), answered]).toEqual([["k:a", "k:b", "k:c+d"], ["b"]]);
    writes[2]?.end();
    await others;
    writes[0]?.end();
    await first;
    expect(answered).toEqual(["b", "c", "d", "a"]);
  });

  test("keeps keys apart: one that is slow holds up no other", async () => {
    const { gathering, writes, begun } = writer();
    void gathering.put("slow", "a");
    const quick = gathering.put("quick", "b");
    await turns();
    expect(begun()).toEqual(["slow:a", "quick:b"]);
    writes[1]?.end();
    expect(await quick).toBe("quick:b");
  });

  test("takes no more together than it may", async () => {
    const { gathering, writes, begun } = writer(2);
    const all = Promise.all(["a", "b", "c", "d", "e"].map((item) => gathering.put("k", item)));
    for (let write = 0; write < 4; write++) {
      await turns();
      writes[write]?.end();
    }
    expect(await all).toHaveLength(5);
    expect(begun().every((text) => text.split("+").length <= 2)).toBe(true);
  });

  test("waits a moment for half of those who lately were here, and for nobody where one came at a time", async () => {
    let moments = 0;
    const arrivals: (() => void)[] = [];
    const { gathering, writes, begun } = writer(10, async () => {
      moments += 1;
      arrivals.shift()?.();
    });
    const send = async (...items: string[]) => {
      const sent = Promise.all(items.map((item) => gathering.put("k", item)));
      await turns();
      writes.at(-1)?.end();
      await sent;
    };
    await send("a");
    expect(moments).toBe(0);
    await send("b", "c", "d", "e");
    arrivals.push(() => void gathering.put("k", "g"));
    await send("f");
    expect([moments, begun()]).toEqual([1, ["k:a", "k:b+c+d+e", "k:f+g"]]);
    await send("h");
    expect([moments, begun().at(-1)]).toEqual([5, "k:h"]);
    await send("i");
    expect(moments).toBe(5);
  });

  test("writes each alone where a write of several failed, so that a failure is its own caller's", async () => {
    const bad = new Gathering<string, string>(async (_, items) => {
      if (items.includes("bad")) throw new Error("bad");
      return items.join("+");
    }, 10);
    const results = await Promise.allSettled(["a", "bad", "c"].map((item) => bad.put("k", item)));
    expect(results).toEqual([
      { status: "fulfilled", value: "a" },
      { status: "rejected", reason: new Error("bad") },
      { status: "fulfilled", value: "c" },
    ]);
    expect(await bad.put("k", "d")).toBe("d");
  });
});
