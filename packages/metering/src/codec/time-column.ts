import type { ByteReader } from "./byte-reader.ts";
import type { ByteWriter } from "./byte-writer.ts";
import { rangeOf, readNumbers, writeNumbers } from "./uint-column.ts";

/** The last moment that a JavaScript date can name. */
const lastTime = 8.64e15;

const fromFirst = 0;
const fromRowBefore = 1;

/**
 * Writes times as whole steps after the earliest: the step is their greatest common divisor, so that clocks of whole seconds
 * cost no milliseconds. Where rows mostly follow each other in time, each says its distance from the one before.
 *
 * Units: milliseconds since 1970, none before it. Errors: throws on a time that is no such number.
 */
export function writeTimes(writer: ByteWriter, times: ArrayLike<number>): void {
  const count = times.length;
  const { min, max } = rangeOf(times);
  for (let i = 0; i < count; i++)
    if (!Number.isSafeInteger(times[i])) throw new Error("a time that is no whole number");
  if (!(min >= 0 && max <= lastTime)) throw new Error("a time out of range");
  const step = stepOf(times, min);
  const steps = new Float64Array(count);
  const moves = new Float64Array(count);
  for (let i = 0, before = 0; i < count; i++) {
    const value = ((times[i] ?? 0) - min) / step;
    steps[i] = value;
    moves[i] = zigzag(value - before);
    before = value;
  }
  const moving = rangeOf(moves).max < (max - min) / step / 2;
  writer.varint(min);
  writer.varint(step);
  writer.byte(moving ? fromRowBefore : fromFirst);
  writeNumbers(writer, moving ? moves : steps);
}

function stepOf(times: ArrayLike<number>, min: number): number {
  let step = 0;
  for (let i = 0; i < times.length; i++) {
    let rest = (times[i] ?? 0) - min;
    while (rest !== 0) {
      const before = rest;
      rest = step % rest;
      step = before;
    }
    if (step === 1) return 1;
  }
  return step === 0 ? 1 : step;
}

function zigzag(value: number): number {
  return value < 0 ? -2 * value - 1 : 2 * value;
}

/** Reads `count` times. */
export function readTimes(reader: ByteReader, count: number): Float64Array {
  const first = reader.count(lastTime);
  const step = reader.count(lastTime);
  const mode = reader.byte();
  const values = readNumbers(reader, count);
  if (mode > fromRowBefore) reader.fail();
  let at = 0;
  for (let row = 0; row < values.length; row++) {
    const value = values[row] ?? 0;
    if (mode === fromRowBefore) at += value % 2 === 1 ? -(value + 1) / 2 : value / 2;
    else at = value;
    const time = first + at * step;
    if (at < 0 || !(time >= 0 && time <= lastTime)) reader.fail();
    values[row] = time;
  }
  return values;
}
