import { err, ok, type Result } from "@farthing/money";
import type { EventData } from "./event.ts";
import { UnreadableNumber } from "./event-json.ts";
import { ExactNumber } from "./exact-number.ts";

/** How many bytes `data` may have as compact JSON in UTF-8. */
export const maxDataBytes = 8192;

/** How deeply `data` may nest; itself is the first level. */
export const maxDataDepth = 32;

/** Why `data` was refused. */
export interface DataRefusal {
  readonly code: "invalid_event" | "data_too_large";
  readonly message: string;
}

/** Walks `data` once; what it found stands in its fields until the next walk. */
export class DataCheck {
  /** How many members all objects have. */
  members = 0;
  private refusal: DataRefusal | undefined;
  private bound = 0;
  private escaped = false;

  /** Refuses data that is no object, too deep, too large, or holds a key, a text or a number that it must not. */
  check(data: unknown, escaped: boolean): Result<EventData, DataRefusal> {
    this.members = 0;
    this.refusal = undefined;
    this.bound = 0;
    this.escaped = escaped;
    if (!isMembers(data)) return err(invalid("data is not an object"));
    this.walk(data, 1, "data", undefined);
    if (this.refusal !== undefined) return err(this.refusal);
    if (this.bound > maxDataBytes && Buffer.byteLength(JSON.stringify(data)) > maxDataBytes)
      return err({ code: "data_too_large", message: `data has more than ${maxDataBytes} bytes` });
    return ok(data as EventData);
  }

  private walk(value: readonly unknown[] | Members, depth: number, key: string, above: Path | undefined): void {
    const path = { key, above };
    if (depth > maxDataDepth) this.refuse(path, `nests more than ${maxDataDepth} levels`);
    else if (isList(value)) {
      for (let i = 0; i < value.length; i++) this.visit(value[i], depth, String(i), path);
    } else {
      for (const name in value) {
        this.members++;
        this.bound += 6 * name.length + 4;
        if (isPrototypeKey(name)) this.refuse({ key: name, above: path }, "is a key that objects must not have");
        if (this.escaped && !name.isWellFormed()) this.refuse(path, "has a key that is no Unicode text");
        this.visit(value[name], depth, name, path);
      }
    }
  }

  private visit(value: unknown, depth: number, key: string, above: Path): void {
    if (typeof value === "string") {
      this.bound += 6 * value.length + 3;
      if (this.escaped && !value.isWellFormed()) this.refuse({ key, above }, "is no Unicode text");
    } else if (typeof value !== "object" || value === null) this.bound += 32;
    else if (value instanceof ExactNumber) this.bound += 33;
    else if (value instanceof UnreadableNumber) this.refuse({ key, above }, "is no exact number of at most 30 digits");
    else if (this.refusal === undefined && (isList(value) || isMembers(value))) this.walk(value, depth + 1, key, above);
  }

  private refuse(path: Path, message: string): void {
    this.refusal ??= invalid(`${nameOf(path)} ${message}`);
  }
}

/** Any JSON object. */
export interface Members {
  readonly [key: string]: unknown;
}

/** Whether a parsed value is a JSON object. */
export function isMembers(value: unknown): value is Members {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Whether a parsed value is a JSON list. */
export function isList(value: unknown): value is readonly unknown[] {
  return Array.isArray(value);
}

interface Path {
  readonly key: string;
  readonly above: Path | undefined;
}

function nameOf({ key, above }: Path): string {
  const name = above === undefined ? key : `${nameOf(above)}.${key}`;
  return name.slice(0, 128).toWellFormed();
}

function invalid(message: string): DataRefusal {
  return { code: "invalid_event", message };
}

/** Keys that reach an object's prototype where code is careless. */
export function isPrototypeKey(key: string): boolean {
  return key === "__proto__" || key === "constructor" || key === "prototype";
}
