import { appendFileSync, existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { type Kind, kinds, type Things } from "./things.ts";

/** Where the server keeps its things. */
export interface Shelves {
  get<K extends Kind>(kind: K, id: string | null): Things[K] | undefined;
  /** Oldest first. */
  all<K extends Kind>(kind: K): readonly Things[K][];
  put<K extends Kind>(kind: K, thing: Things[K]): void;
}

type Kept = { readonly [K in Kind]: Map<string, Things[K]> };

function emptyShelves(): Kept {
  return {
    customer: new Map(),
    method: new Map(),
    payment: new Map(),
    charge: new Map(),
    refund: new Map(),
    movement: new Map(),
    session: new Map(),
    setup: new Map(),
    happening: new Map(),
    remembered: new Map(),
  };
}

/**
 * Keeps things in memory and, where a file is named, in a log of JSON lines: each put appends one, and what a killed
 * process had answered is there when the next one begins.
 */
export function openShelves(file?: string): Shelves {
  const kept = emptyShelves();
  if (file !== undefined) load(kept, file);
  const mapOf = <K extends Kind>(kind: K): Map<string, Things[K]> => kept[kind];
  return {
    get: (kind, id) => (id === null ? undefined : mapOf(kind).get(id)),
    all: (kind) => [...mapOf(kind).values()],
    put(kind, thing) {
      if (file !== undefined) appendFileSync(file, lineOf(kind, thing));
      mapOf(kind).set(thing.id, thing);
    },
  };
}

function lineOf(kind: Kind, thing: unknown): string {
  return `${JSON.stringify([kind, thing])}\n`;
}

/** Reads a log, of which a killed process may have left half a line, and writes it anew with what still stands. */
function load(kept: Kept, file: string): void {
  mkdirSync(dirname(file), { recursive: true });
  const lines = existsSync(file) ? readFileSync(file, "utf8").split("\n").filter(Boolean) : [];
  for (const line of lines) take(kept, line);
  const now = kinds.flatMap((kind) => [...kept[kind].values()].map((thing) => lineOf(kind, thing)));
  writeFileSync(`${file}.new`, now.join(""));
  renameSync(`${file}.new`, file);
}

function take(kept: Kept, line: string): void {
  try {
    const [kind, thing]: [Kind, { id: string }] = JSON.parse(line);
    const map: Map<string, unknown> = kept[kind];
    map.set(thing.id, thing);
  } catch {
    // Half a line: its request was never answered.
  }
}
