import * as v from "valibot";

/** What a tail has shown: all that arrived up to `at` (in milliseconds), and of what came later the names in `seen`. */
export interface TailCursor {
  readonly at: number;
  readonly seen: readonly (readonly [receivedAt: number, name: string])[];
}

/** A request may take this long from its receipt until its events can be read. Units: milliseconds. */
export const lagMs = 30_000;
/** As many names as a cursor carries. */
const maxSeen = 200;
const nameLength = 8;

const Cursor = v.pipe(
  v.string(),
  v.maxLength(8_000),
  v.transform((text) => Buffer.from(text, "base64url").toString()),
  v.parseJson(),
  v.strictObject({
    at: v.pipe(v.number(), v.integer()),
    seen: v.pipe(v.array(v.strictTuple([v.pipe(v.number(), v.integer()), v.string()])), v.maxLength(maxSeen)),
  }),
);

/** A cursor as text; receipts are written by how far they lie behind `at`. */
export function cursorText({ at, seen }: TailCursor): string {
  const near = seen.map(([receivedAt, name]) => [receivedAt - at, name]);
  return Buffer.from(JSON.stringify({ at, seen: near })).toString("base64url");
}

/** Reads a cursor; undefined for any other text. */
export function parseCursor(text: string): TailCursor | undefined {
  const parsed = v.safeParse(Cursor, text);
  if (!parsed.success) return undefined;
  const { at, seen } = parsed.output;
  return { at, seen: seen.map(([behind, name]) => [at + behind, name] as const) };
}

/** The name of a stored thing as a cursor carries it. */
export function shortName(name: string): string {
  return name.slice(-nameLength);
}

/** Whether a thing was shown. */
export function wasShown({ at, seen }: TailCursor, receivedAt: number, name: string): boolean {
  return receivedAt <= at || seen.some(([, known]) => known === shortName(name));
}

/** The cursor after more was shown: it forgets names that no late request can come before, and the oldest of too many. */
export function advance(
  { at, seen }: TailCursor,
  shown: readonly { readonly receivedAt: number; readonly name: string }[],
  now: number,
): TailCursor {
  const all = [...seen, ...shown.map(({ receivedAt, name }) => [receivedAt, shortName(name)] as const)];
  const sorted = all.sort(([a], [b]) => b - a);
  const floor = Math.max(at, now - lagMs, sorted[maxSeen]?.[0] ?? 0);
  return { at: floor, seen: sorted.filter(([receivedAt]) => receivedAt > floor) };
}
