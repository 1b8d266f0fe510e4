import { createHash } from "node:crypto";
import { customerId, merchantId } from "@farthing/money";
import { describe, expect, test } from "vitest";
import { type Hour, hourOf, hourPlus } from "./hour.ts";
import type { CustomerRef, Statement, StatementLog } from "./statement.ts";
import { emptyTally, type Tally } from "./tally.ts";

const hour = hourOf(Date.UTC(2026, 10, 22, 13));
let tests = 0;

/** What every log of statements does; customers are fresh in each test, so that one table serves all. */
export function statementContract(name: string, open: () => StatementLog): void {
  describe(`${name}: statements`, () => {
    appendedOnce(open);
    readByNumber(open);
    readByHour(open);
    readByVoids(open);
    readWhole(open);
  });
  describe(`${name}: chunks`, () => chunks(open));
}

function freshCustomer(): CustomerRef {
  return { merchant: merchantId("Log"), customer: customerId(`Customer-${++tests}`) };
}

function statementOf(number: number, more: Partial<Statement> = {}): Statement {
  const root = createHash("sha256").update(`root ${number}`).digest("hex");
  const page = { kind: "inline", blob: new Uint8Array([number % 256, 2, 3]) } as const;
  const counts = { events: 1, voids: 0, duplicates: 0, conflicts: 0 };
  return { number, hour, root, counts, first: 1, last: 2, tally: emptyTally, meterRevision: 0, page, ...more };
}

/** Text that does not pack: a tally of it is as large as it looks. */
function noise(seed: number, length: number): string {
  let text = "";
  for (let i = 0; text.length < length; i++) text += createHash("sha256").update(`${seed} ${i}`).digest("base64url");
  return text.slice(0, length);
}

function largeTally(cells: number): Tally {
  return {
    cells: Array.from({ length: cells }, (_, i) => ({ meter: "m", group: [noise(i, 50)], state: `${i}` })),
    cohorts: [{ cells: [0, cells - 1], events: 1 }],
  };
}

function appendedOnce(open: () => StatementLog): void {
  test("are appended once under their number", async () => {
    const [log, customer] = [open(), freshCustomer()];
    expect(await log.append(customer, statementOf(1))).toBe("appended");
    expect(await log.append(customer, statementOf(1, { last: 9 }))).toBe("taken");
    expect(await log.entriesFrom(customer, 1)).toEqual([statementOf(1)]);
  });

  test("have one writer of a number among twenty at once", async () => {
    const [log, customer] = [open(), freshCustomer()];
    const writers = Array.from({ length: 20 }, (_, i) => log.append(customer, statementOf(1, { last: i })));
    const answers = await Promise.all(writers);
    expect(answers.filter((answer) => answer === "appended")).toHaveLength(1);
    expect(await log.entriesFrom(customer, 1)).toEqual([statementOf(1, { last: answers.indexOf("appended") })]);
  });

  test("lie apart by customer, whatever its case", async () => {
    const [log, { merchant, customer }] = [open(), freshCustomer()];
    await log.append({ merchant, customer }, statementOf(1));
    expect(await log.lastNumber({ merchant, customer: customerId(customer.toLowerCase()) })).toBe(0);
    expect(await log.entriesFrom({ merchant: merchantId("log"), customer }, 1)).toEqual([]);
  });
}

function readByNumber(open: () => StatementLog): void {
  test("are read from a number on, in order, past nine and a hundred", async () => {
    const [log, customer] = [open(), freshCustomer()];
    expect(await log.lastNumber(customer)).toBe(0);
    const all = Array.from({ length: 101 }, (_, i) => statementOf(i + 1));
    for (const statement of all.toReversed()) await log.append(customer, statement);
    expect(await log.lastNumber(customer)).toBe(101);
    expect(await log.entriesFrom(customer, 1)).toEqual(all);
    expect(await log.entriesFrom(customer, 99)).toEqual(all.slice(98));
    expect(await log.entriesFrom(customer, 102)).toEqual([]);
  });

  test("are read to the end, past what one query answers", async () => {
    const [log, customer] = [open(), freshCustomer()];
    const all = Array.from({ length: 8 }, (_, i) => statementOf(i + 1, { tally: largeTally(4000) }));
    for (const statement of all) await log.append(customer, statement);
    expect(await log.entriesFrom(customer, 1)).toEqual(all);
    expect(await log.entriesOfHours(customer, hour, hourPlus(hour, 1))).toEqual(all);
  });
}

function readByHour(open: () => StatementLog): void {
  test("are read by hours, in order of hour and number", async () => {
    const [log, customer] = [open(), freshCustomer()];
    const hours = [2, 0, 1, 0, 3, 1].map((after) => hourPlus(hour, after));
    for (const [i, of] of hours.entries()) await log.append(customer, statementOf(i + 1, { hour: of }));
    const numbers = async (from: number, to: number) =>
      (await log.entriesOfHours(customer, hourPlus(hour, from), hourPlus(hour, to))).map(({ number }) => number);
    expect(await numbers(0, 4)).toEqual([2, 4, 3, 6, 1, 5]);
    expect(await numbers(0, 1)).toEqual([2, 4]);
    expect(await numbers(1, 3)).toEqual([3, 6, 1]);
    expect(await numbers(-5, 0)).toEqual([]);
    expect(await numbers(1, 1)).toEqual([]);
    expect(await numbers(2, 1)).toEqual([]);
    expect(await log.entriesOfHours(customer, 0 as Hour, 9_999_999 as Hour)).toHaveLength(6);
  });
}

function readByVoids(open: () => StatementLog): void {
  const counts = (voids: number) => ({ counts: { events: 1, voids, duplicates: 0, conflicts: 0 } });

  test("are found by their voids, in order, past nine", async () => {
    const [log, customer] = [open(), freshCustomer()];
    expect(await log.entriesWithVoids(customer)).toEqual([]);
    const all = Array.from({ length: 23 }, (_, i) => statementOf(i + 1, counts(i % 2)));
    for (const statement of all.toReversed()) await log.append(customer, statement);
    expect(await log.entriesWithVoids(customer)).toEqual(all.filter(({ number }) => number % 2 === 0));
    expect(await log.entriesWithVoids(freshCustomer())).toEqual([]);
  });

  test("whose number was taken do not show by their voids", async () => {
    const [log, customer] = [open(), freshCustomer()];
    await log.append(customer, statementOf(1));
    expect(await log.append(customer, statementOf(1, counts(2)))).toBe("taken");
    expect(await log.entriesWithVoids(customer)).toEqual([]);
  });
}

function readWhole(open: () => StatementLog): void {
  const tally: Tally = {
    cells: [
      { meter: "bytes", group: [], state: "12345678901234567890.000000000001" },
      { meter: "by_user", group: ["__proto__", null, "né #\u{1f4a1}"], state: "7" },
      { meter: "users", group: [], state: null },
    ],
    cohorts: [
      { cells: [0, 1], events: 2 },
      { cells: [], events: 1 },
    ],
  };
  const counts = { events: 123_456, voids: 1, duplicates: 22, conflicts: 333 };
  test.for<[string, Partial<Statement>]>([
    [
      "a tally of several meters",
      { tally, counts, meterRevision: 12, first: 1_795_000_000_123, last: 1_795_000_999_999 },
    ],
    ["fingerprints", { fingerprints: new Uint32Array([0, 1, 0x7fffffff, 0x80000000, 0xffffffff]) }],
    ["no fingerprint", { fingerprints: new Uint32Array() }],
    ["a page in chunks", { page: { kind: "chunks", key: "a_-Z09", rows: [8000, 8000, 17], fingerprints: 2 } }],
    ["a page without chunks of fingerprints", { page: { kind: "chunks", key: "k", rows: [1], fingerprints: 0 } }],
    ["an empty page", { page: { kind: "inline", blob: new Uint8Array() } }],
    ["a tally of 300 KB", { tally: largeTally(5_000) }],
    ["a tally of 1 MB", { tally: largeTally(16_000) }],
  ])("come back whole with %s", async ([, more]) => {
    const [log, customer, statement] = [open(), freshCustomer(), statementOf(1, more)];
    await log.append(customer, statement);
    expect(await log.entriesFrom(customer, 1)).toEqual([statement]);
    expect(await log.entriesOfHours(customer, hour, hourPlus(hour, 1))).toEqual([statement]);
  });
}

function chunks(open: () => StatementLog): void {
  test("are read back, and may be put again", async () => {
    const [log, customer] = [open(), freshCustomer()];
    const blobs = Array.from({ length: 11 }, (_, i) => new Uint8Array(1000).fill(i));
    for (const [i, blob] of [...blobs.entries(), ...blobs.entries()]) await log.putChunk(customer, "k", i, blob);
    for (const [i, blob] of blobs.entries()) expect(await log.chunk(customer, "k", i)).toEqual(blob);
  });

  test("that are missing are an error", async () => {
    const [log, customer] = [open(), freshCustomer()];
    await log.putChunk(customer, "k", 0, new Uint8Array(1));
    await expect(log.chunk(customer, "k", 1)).rejects.toThrow("chunk 1 of k is missing");
    await expect(log.chunk(customer, "K", 0)).rejects.toThrow();
    await expect(log.chunk(freshCustomer(), "k", 0)).rejects.toThrow();
  });

  test.for([398, 399, 401])("of %i KB are stored whole or refused", async (kilobytes) => {
    const [log, customer, blob] = [open(), freshCustomer(), new Uint8Array(kilobytes * 1024)];
    const put = log.putChunk(customer, "k", 0, blob);
    if (kilobytes > 400) return await expect(put).rejects.toThrow();
    await put;
    expect((await log.chunk(customer, "k", 0)).byteLength).toBe(blob.byteLength);
  });
}
