import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { csvColumns } from "./csv-columns.ts";
import { importRecords } from "./import-records.ts";
import { collect, temporaryFile } from "./temporary-folder.fixture.ts";
import { UsageError } from "./usage-error.ts";

const read = async (content: string, flags: { type?: string; source?: string; map?: string[] } = {}) => {
  const path = temporaryFile(content);
  const digest = { sha256: "0123456789abcdef0123", bytes: Buffer.byteLength(content) };
  return await collect(await importRecords({ path, format: "csv" }, digest, flags, { offset: 0, line: 0 }));
};
const sent = async (content: string, flags?: Parameters<typeof read>[1]) =>
  (await read(content, flags)).map(({ event, problem }) => (event ? JSON.parse(event.text) : problem?.message));

describe("csvColumns", () => {
  test("finds fields by name and puts the rest in the data", () => {
    expect(csvColumns(["id", "customer", "bytes", "data.tokens", "usage.in"])).toEqual([
      { field: "id" },
      { field: "customer" },
      { path: ["bytes"] },
      { path: ["tokens"] },
      { path: ["usage", "in"] },
    ]);
  });

  test("follows a map", () => {
    expect(csvColumns(["user", "n", "customer"], ["customer=user", "data.tokens=n", "who=customer"])).toEqual([
      { field: "customer" },
      { path: ["tokens"] },
      { path: ["who"] },
    ]);
  });

  test.for([
    { header: ["user"], map: [], why: "no customer" },
    { header: ["customer"], map: ["id=nothing"], why: "a map from no column" },
    { header: ["customer"], map: ["id"], why: "a map that is none" },
    { header: ["customer"], map: ["=customer"], why: "a map to nothing" },
    { header: ["customer", "user"], map: ["customer=user"], why: "a place taken twice" },
    { header: ["customer", "a", "a"], map: [], why: "a column twice" },
    { header: ["customer", "a", "a.b"], map: [], why: "a place inside another" },
    { header: ["customer", "a.b", "a"], map: [], why: "a place around another" },
    { header: ["customer", "a..b"], map: [], why: "a path with a hole" },
    { header: ["customer", ""], map: [], why: "a column without a name" },
  ])("refuses $why", ({ header, map }) => {
    expect(() => csvColumns(header, map)).toThrow(UsageError);
  });

  test("takes columns whose names only begin alike", () => {
    expect(csvColumns(["customer", "a", "ab", "b.a", "b.ab"])).toHaveLength(5);
  });
});

describe("a CSV file", () => {
  test("becomes events, exactly, without what is empty", async () => {
    const content =
      "customer,type,time,amount,usage.in,usage.out\nacme,charge,2026-11-22T00:00:00Z,0.00040,1,\nacme,charge,,,,\n";
    expect(await sent(content, { source: "s" })).toEqual([
      {
        id: "0123456789abcdef:2",
        type: "charge",
        customer: "acme",
        time: "2026-11-22T00:00:00Z",
        source: "s",
        data: { amount: "0.00040", usage: { in: "1" } },
      },
      { id: "0123456789abcdef:3", type: "charge", customer: "acme", source: "s" },
    ]);
  });

  test("keeps the ids that it has, and takes a type from the flag", async () => {
    expect(await sent("id,customer\na,acme\n,acme\n", { type: "call" })).toEqual([
      { id: "a", type: "call", customer: "acme" },
      { id: "0123456789abcdef:3", type: "call", customer: "acme" },
    ]);
  });

  test("tells every row that is no event", async () => {
    expect(await sent('customer,type\nacme,call,extra\nacme\n,call\nacme,\n"acme,call\nacme,call\n')).toEqual([
      "3 cells under 2 columns",
      "1 cells under 2 columns",
      "the customer is empty",
      "the event has no type, and --type names none",
      "a quote is opened and never closed",
      { id: "0123456789abcdef:7", type: "call", customer: "acme" },
    ]);
  });

  test("may have a column called __proto__, which changes nothing but the event", async () => {
    const [record] = await read("customer,type,__proto__\nacme,call,x\n");
    expect(record?.event?.text).toContain('"data":{"__proto__":"x"}');
    expect(({} as Record<string, unknown>).x).toBeUndefined();
  });

  test.for([
    { content: "", why: "nothing" },
    { content: "customer\nacme\n", why: "no type anywhere" },
    { content: '"customer\nacme\n', why: "a broken header" },
    { content: "user,type\nacme,call\n", why: "no customer" },
  ])("is refused with $why", async ({ content }) => {
    await expect(read(content)).rejects.toThrow(UsageError);
  });

  test("gives the same events again from the end of any of its rows", async () => {
    const cell = fc.stringMatching(/^[a-z,"\n]{0,6}$/).map((text) => `"${text.replaceAll('"', '""')}"`);
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(cell, cell), { minLength: 1, maxLength: 12 }),
        fc.nat(),
        async (table, pick) => {
          const content = `customer,type,n\n${table.map(([a, b]) => `acme,${a},${b}`).join("\n")}\n`;
          const path = temporaryFile(content);
          const digest = { sha256: "0123456789abcdef0123", bytes: Buffer.byteLength(content) };
          const from = async (offset: number, line: number) =>
            await collect(await importRecords({ path, format: "csv" }, digest, { type: "t" }, { offset, line }));
          const whole = await from(0, 0);
          const after = whole[pick % whole.length];
          expect(await from(after?.end ?? 0, after?.line ?? 0)).toEqual(whole.slice((pick % whole.length) + 1));
        },
      ),
      { numRuns: 50 },
    );
  });
});
