import { describe, expect, test } from "vitest";
import { ByteReader } from "./byte-reader.ts";
import { ByteWriter } from "./byte-writer.ts";
import { Murmur, swapBytes } from "./hash.ts";
import { classify, hexForm, idWords, textForm, uuidForm } from "./id-form.ts";
import { readTextColumn, TextColumnBuilder } from "./text-column.ts";
import { readTexts } from "./text-table.ts";
import { readTimes, writeTimes } from "./time-column.ts";
import { readIndexes, readNumbers, writeNumbers } from "./uint-column.ts";
import { writeTexts } from "./write-texts.ts";

function written(write: (writer: ByteWriter) => void): ByteReader {
  const writer = new ByteWriter(1);
  write(writer);
  return new ByteReader(Uint8Array.from(writer.view()));
}

const budget = () => ({ left: 1_000_000 });

describe("varint", () => {
  test.for([0, 1, 127, 128, 16_383, 16_384, 2 ** 31, 2 ** 32, Number.MAX_SAFE_INTEGER])("%d", (value) => {
    const reader = written((writer) => writer.varint(value));
    expect(reader.varint()).toBe(value);
    expect(reader.finished()).toBe(true);
  });

  test.for([
    { title: "none at all", bytes: [] },
    { title: "one that does not end", bytes: [0x80] },
    { title: "one past 2^53 − 1", bytes: [0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x10] },
    { title: "one of nine bytes", bytes: [0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0] },
  ])("$title fails", ({ bytes }) => {
    const reader = new ByteReader(Uint8Array.from(bytes));
    expect(reader.varint()).toBe(0);
    expect(reader.failed).toBe(true);
    expect(reader.finished()).toBe(false);
  });
});

describe("numbers", () => {
  test.for([
    { values: [], bytes: 2 },
    { values: [5, 5, 5], bytes: 2 },
    { values: [0, 255], bytes: 4 },
    { values: [0, 256], bytes: 6 },
    { values: [-3, 252], bytes: 4 },
    { values: [65_536, 0], bytes: 8 },
    { values: [0, 2 ** 32 - 1], bytes: 10 },
    { values: [0, 2 ** 32], bytes: 12 },
    { values: [Number.MAX_SAFE_INTEGER, 0, 1], bytes: 23 },
    { values: [Number.MIN_SAFE_INTEGER, 0], bytes: 23 },
  ])("$values take $bytes bytes", ({ values, bytes }) => {
    const reader = written((writer) => writeNumbers(writer, values));
    expect(reader.bytes.length).toBe(bytes);
    expect([...readNumbers(reader, values.length)]).toEqual(values);
    expect(reader.finished()).toBe(true);
  });

  test("too far apart throw", () => {
    expect(() => written((writer) => writeNumbers(writer, [-1, Number.MAX_SAFE_INTEGER]))).toThrow();
  });

  test.for([
    { title: "an index at its limit", bytes: [1, 0, 2, 3], count: 2, limit: 3 },
    { title: "a base at its limit", bytes: [0, 3], count: 2, limit: 3 },
    { title: "a negative index", bytes: [8, 1], count: 2, limit: 3 },
    { title: "an index of five bytes", bytes: [5, 0, 1, 0, 0, 0, 0], count: 1, limit: 3 },
    { title: "too few bytes", bytes: [1, 0, 1], count: 2, limit: 3 },
  ])("$title fails", ({ bytes, count, limit }) => {
    const reader = new ByteReader(Uint8Array.from(bytes));
    readIndexes(reader, count, limit);
    expect(reader.failed).toBe(true);
  });

  test.for([
    { title: "a number past 2^53 − 1", bytes: [1, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x0f, 1], count: 1 },
    { title: "an unknown width", bytes: [16, 0], count: 1 },
    { title: "minus nought", bytes: [8, 0], count: 1 },
  ])("$title fails", ({ bytes, count }) => {
    const reader = new ByteReader(Uint8Array.from(bytes));
    readNumbers(reader, count);
    expect(reader.failed).toBe(true);
  });
});

describe("times", () => {
  test.for([
    { title: "one", times: [1_790_812_800_123] },
    { title: "none", times: [] },
    { title: "whole seconds in any order", times: [5000, 1000, 9000, 1000] },
    { title: "rising", times: [10, 11, 13, 16, 20, 25, 31, 38, 46, 55] },
    { title: "both ends of time", times: [8.64e15, 0] },
  ])("$title", ({ times }) => {
    const reader = written((writer) => writeTimes(writer, times));
    expect([...readTimes(reader, times.length)]).toEqual(times);
    expect(reader.finished()).toBe(true);
  });

  test.for([-1, 1.5, Number.NaN, 8.64e15 + 2])("%d throws", (time) => {
    expect(() => written((writer) => writeTimes(writer, [time]))).toThrow();
  });
});

describe("texts", () => {
  test("share their beginnings with the one before, up to 255 bytes", () => {
    const texts = ["", "cus_000001", "cus_000002", "cus", "é", "é", "x".repeat(300), `${"x".repeat(300)}y`];
    const reader = written((writer) => writeTexts(writer, texts));
    expect(reader.bytes.length).toBeLessThan(400);
    expect(readTexts(reader, texts.length, budget()).all()).toEqual(texts);
    expect(reader.finished()).toBe(true);
  });

  test("unfold no further than the budget", () => {
    const reader = written((writer) => writeTexts(writer, ["x".repeat(200), "x".repeat(200)]));
    readTexts(reader, 2, { left: 399 });
    expect(reader.failed).toBe(true);
  });

  test("that all differ cost nothing beside their dictionary", () => {
    const column = new TextColumnBuilder();
    const texts = Array.from({ length: 100 }, (_, i) => String(i));
    for (const text of texts) column.add(text);
    const alone = written((writer) => writeTexts(writer, texts)).bytes.length;
    const reader = written((writer) => column.write(writer));
    expect(reader.bytes.length).toBe(alone + 2);
    const { table, indexes } = readTextColumn(reader, 100, budget());
    expect(Array.from(indexes, (index) => table.get(index))).toEqual(texts);
  });
});

describe("classify", () => {
  test.for([
    { id: "0123456789abcdef0123456789abcdef", form: hexForm },
    { id: "0123456789abcdef0123456789abcdeF", form: textForm },
    { id: "0123456789abcdef0123456789abcdeg", form: textForm },
    { id: "0123456789abcdef0123456789abcde", form: textForm },
    { id: "01234567-89ab-cdef-0123-456789abcdef", form: uuidForm },
    { id: "01234567-89ab-cdef-0123_456789abcdef", form: textForm },
    { id: "01234567-89AB-cdef-0123-456789abcdef", form: textForm },
    { id: "éééééééééééééééééééééééééééééééé", form: textForm },
  ])("$id", ({ id, form }) => {
    expect(classify(id)).toBe(form);
    if (form !== textForm) expect([...idWords]).toEqual([0x01234567, 0x89abcdef, 0x01234567, 0x89abcdef]);
  });
});

describe("Murmur", () => {
  test("is MurmurHash3_x86_128: the verification value of its author's test suite", () => {
    const murmur = new Murmur();
    const hash = (bytes: Uint8Array, seed: number): Buffer => {
      murmur.begin(seed, seed, seed, seed);
      murmur.bytes(bytes, 0, bytes.length);
      const out = Buffer.alloc(16);
      [murmur.h1, murmur.h2, murmur.h3, murmur.h4].forEach((word, i) => {
        out.writeInt32LE(word, 4 * i);
      });
      return out;
    };
    const key = Uint8Array.from({ length: 256 }, (_, i) => i);
    const hashes = Array.from({ length: 256 }, (_, i) => hash(key.subarray(0, i), 256 - i));
    expect(hash(Buffer.concat(hashes), 0).readUInt32LE(0)).toBe(0xb3ece62a);
  });

  test("swapBytes", () => {
    expect(swapBytes(0x01020304) >>> 0).toBe(0x04030201);
    expect(swapBytes(0xff000080) >>> 0).toBe(0x800000ff);
  });
});
