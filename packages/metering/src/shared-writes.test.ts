import { customerId, merchantId } from "@farthing/money";
import { describe, expect, test } from "vitest";
import { acceptEvents } from "./accept-events.ts";
import { decodeBundle } from "./codec/index.ts";
import { hourMs, merchant, meteringWorld, ten, tenth } from "./metering.fixture.ts";
import { bundlesOf } from "./shard-roll.ts";
import { sharedBundles, sharedMarks } from "./shared-writes.ts";

const known = { knownCustomers: async () => new Set([customerId("ann")]) };

async function sharing() {
  const world = await meteringWorld();
  const { journal } = world;
  const fail = { next: 0 };
  const marks: number[] = [];
  const counted = Object.assign(Object.create(journal), {
    putBundle: async (...words: Parameters<typeof journal.putBundle>) => {
      if (fail.next-- > 0) throw new Error("throttled");
      await journal.putBundle(...words);
    },
    putMark: async (...words: Parameters<typeof journal.putMark>) => {
      marks.push(words[1].bundles.length);
      await journal.putMark(...words);
    },
  });
  const stores = { ...world, customers: known, journal: sharedMarks(counted), shared: sharedBundles(counted) };
  const send = (id: string, more: { keyed?: boolean; owner?: string; events?: number } = {}) => {
    const events = Array.from({ length: more.events ?? 1 }, (_, i) => ({
      id: i === 0 ? id : `${id}-${i}`,
      type: "request",
      customer: "ann",
      time: new Date(ten).toISOString(),
    }));
    return acceptEvents(stores, {
      merchant: more.owner === undefined ? merchant : merchantId(more.owner),
      text: JSON.stringify(events),
      kind: "json",
      backfill: false,
      receivedAt: ten,
      keyed: more.keyed ?? false,
    });
  };
  const bundles = async (owner = merchant) => {
    const found = await bundlesOf(journal, { merchant: owner, shard: 0, hour: tenth });
    return found.map(({ blob }) => {
      const decoded = decodeBundle(blob);
      if (!decoded.ok) throw new Error("a bundle does not decode");
      return Array.from({ length: decoded.value.count }, (_, row) => decoded.value.id(row)).toSorted();
    });
  };
  return { ...world, send, bundles, fail, marks };
}

describe("requests that share writes", () => {
  test("lie in one bundle where they are under way at once, and each has its own answer", async () => {
    const { send, bundles } = await sharing();
    const answers = await Promise.all([send("a"), send("b", { events: 2 }), send("c")]);
    expect(answers.map((answer) => answer.ok && answer.value.accepted)).toEqual([1, 2, 1]);
    expect(await bundles()).toEqual([["a", "b", "b-1", "c"]]);
  });

  test("are durable when they are answered", async () => {
    const { send, bundles } = await sharing();
    const seen: boolean[] = [];
    const check = async (id: string) => {
      const answer = await send(id);
      seen.push(answer.ok && (await bundles()).flat().includes(id));
    };
    await Promise.all(["a", "b", "c", "d"].map(check));
    expect(seen).toEqual([true, true, true, true]);
  });

  test("share one mark where their hour is over", async () => {
    const { send, at, marks, journal, shard } = await sharing();
    at(ten + hourMs);
    await Promise.all([send("a"), send("b"), send("c", { keyed: true }), send("d", { keyed: true })]);
    const named = (await journal.marks(shard)).flatMap((mark) => mark.bundles);
    expect(new Set(named.map(({ digest }) => digest)).size).toBe(3);
    expect(marks.length).toBeLessThan(4);
  });

  test("have bundles of their own with an idempotency key, so that a resend stores nothing", async () => {
    const { send, bundles } = await sharing();
    await Promise.all([send("a", { keyed: true }), send("b", { keyed: true })]);
    await send("a", { keyed: true });
    expect(await bundles()).toEqual(expect.arrayContaining([["a"], ["b"]]));
    expect(await bundles()).toHaveLength(2);
  });

  test("have bundles of their own past a thousand events", async () => {
    const { send, bundles } = await sharing();
    await Promise.all([send("a", { events: 1001 }), send("b", { events: 1000 }), send("c")]);
    expect((await bundles()).map((ids) => ids.length).toSorted((a, b) => a - b)).toEqual([1001, 1001]);
  });

  test("never lie with those of another merchant", async () => {
    const { send, bundles, plans } = await sharing();
    const other = merchantId("other");
    await plans.startShardPlan(other, await plans.shardPlan(merchant));
    await Promise.all([send("a"), send("b", { owner: "other" })]);
    expect([await bundles(), await bundles(other)]).toEqual([[["a"]], [["b"]]]);
  });

  test("meet no failure of the others: what failed together is stored again alone", async () => {
    const { send, bundles, fail } = await sharing();
    fail.next = 1;
    await Promise.all([send("a"), send("b")]);
    expect(await bundles()).toEqual(expect.arrayContaining([["a"], ["b"]]));
    fail.next = 2;
    const results = await Promise.allSettled([send("c"), send("d")]);
    expect(results.map(({ status }) => status)).toEqual(["rejected", "fulfilled"]);
    expect((await bundles()).flat().toSorted()).toEqual(["a", "b", "d"]);
  });
});
