import * as v from "valibot";
import type { Hour } from "../hour.ts";
import type { CustomerRef, PageRef, RowCounts, Statement } from "../statement.ts";
import { Bytes } from "./bytes.ts";
import { bytesOfWords, wordsOfBytes } from "./words.ts";

/** Everything of a statement but its tally, under short names: an item is billed by the size of its names as well. */
const HeaderItem = v.object({
  /** The version of this layout. */
  v: v.literal(1),
  sk: v.string(),
  lsi1sk: v.string(),
  /** Root, as bytes. */
  r: Bytes,
  /** Counts of events, voids, duplicates and conflicts. */
  c: v.string(),
  /** First and last time. */
  f: v.number(),
  l: v.number(),
  /** Revision of the meter set. */
  m: v.number(),
  /** The page, inside the item. */
  b: v.optional(Bytes),
  /** Or its key, rows in each chunk, and chunks of fingerprints. */
  k: v.optional(v.string()),
  n: v.optional(v.string()),
  w: v.optional(v.number()),
  /** Fingerprints, little-endian. */
  i: v.optional(Bytes),
});

/** The partition of a customer's log. */
export function logPartition({ merchant, customer }: CustomerRef): string {
  return `l#${merchant}#${customer}`;
}

/** The partition of the notes which of a customer's entries have voids. */
export function voidsPartition({ merchant, customer }: CustomerRef): string {
  return `v#${merchant}#${customer}`;
}

/** The sort key of an entry. */
export function entryKey(number: number): string {
  return String(number).padStart(12, "0");
}

/** What the sort keys of an hour's entries begin with in the index by hour. */
export function hourKey(hour: Hour): string {
  return String(hour).padStart(7, "0");
}

/** Lays a statement out as an item, its tally left out. */
export function encodeHeader(
  customer: CustomerRef,
  statement: Statement,
): v.InferInput<typeof HeaderItem> & { readonly pk: string } {
  const { number, hour, root, counts, first, last, meterRevision, page, fingerprints } = statement;
  return {
    pk: logPartition(customer),
    sk: entryKey(number),
    lsi1sk: hourKey(hour) + entryKey(number),
    v: 1,
    r: Buffer.from(root, "hex"),
    c: [counts.events, counts.voids, counts.duplicates, counts.conflicts].join(),
    f: first,
    l: last,
    m: meterRevision,
    ...(page.kind === "inline"
      ? { b: page.blob }
      : { k: page.key, n: page.rows.join(), ...(page.fingerprints === 0 ? {} : { w: page.fingerprints }) }),
    ...(fingerprints === undefined ? {} : { i: bytesOfWords(fingerprints) }),
  };
}

/** Reads an item back, its tally left out. Errors: throws on an item of another layout. */
export function decodeHeader(item: unknown): Omit<Statement, "tally"> {
  const header = v.parse(HeaderItem, item);
  return {
    number: Number(header.sk),
    hour: Number(header.lsi1sk.slice(0, 7)) as Hour,
    root: Buffer.from(header.r).toString("hex"),
    counts: decodeCounts(header.c),
    first: header.f,
    last: header.l,
    meterRevision: header.m,
    page: decodePageRef(header),
    ...(header.i === undefined ? {} : { fingerprints: wordsOfBytes(header.i) }),
  };
}

function decodeCounts(text: string): RowCounts {
  const [events = 0, voids = 0, duplicates = 0, conflicts = 0] = text.split(",").map(Number);
  return { events, voids, duplicates, conflicts };
}

function decodePageRef({ b, k, n, w }: v.InferOutput<typeof HeaderItem>): PageRef {
  if (b !== undefined) return { kind: "inline", blob: b };
  if (k === undefined || n === undefined) throw new Error("a statement has no page");
  const rows = n === "" ? [] : n.split(",").map(Number);
  return { kind: "chunks", key: k, rows, fingerprints: w ?? 0 };
}
