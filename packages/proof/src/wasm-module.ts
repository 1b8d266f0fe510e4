/** A piece of WebAssembly, as bytes. */
export type Code = readonly number[];

/** A whole number from 0 on, seven bits a byte, lowest first. Source: WebAssembly 2.0, section 5.2.2. */
export function unsigned(value: number): Code {
  return value < 128 ? [value] : [(value % 128) + 128, ...unsigned(Math.floor(value / 128))];
}

/** `i32.const`: a whole number from 0 to 2^31 − 1. */
export function constant(value: number): Code {
  const low = value % 128;
  const rest = Math.floor(value / 128);
  if (rest === 0 && low < 64) return [0x41, low];
  const tail = constant(rest).slice(1);
  return [0x41, low + 128, ...tail];
}

/** `local.get`. */
export function get(local: number): Code {
  return [0x20, ...unsigned(local)];
}

/** Evaluates some code into a local. */
export function set(local: number, ...code: readonly Code[]): Code {
  return [...code.flat(), 0x21, ...unsigned(local)];
}

/** Calls a function by its number. */
export function call(index: number, ...operands: readonly Code[]): Code {
  return [...operands.flat(), 0x10, ...unsigned(index)];
}

/** Adds two numbers of 32 bits. */
export function plus(a: Code, b: Code): Code {
  return [...a, ...b, 0x6a];
}

/** Runs some code, and again while what it leaves is not 0. */
export function loop(...code: readonly Code[]): Code {
  return [0x03, 0x40, ...code.flat(), 0x0d, 0x00, 0x0b];
}

/** An instruction of the vector set, with its operands before it and what it carries behind it. */
export function vector(opcode: number, operands: readonly Code[], ...immediate: Code): Code {
  return [...operands.flat(), 0xfd, ...unsigned(opcode), ...immediate];
}

/** A function: how many numbers of 32 bits it takes, how many vectors it keeps, what it does, and its name outside. */
export interface WasmFunction {
  readonly parameters: number;
  readonly vectors: number;
  readonly code: Code;
  readonly name?: string;
}

const number = 0x7f;
const vectorType = 0x7b;

function section(id: number, items: readonly Code[]): Code {
  const content = [...unsigned(items.length), ...items.flat()];
  return [id, ...unsigned(content.length), ...content];
}

function body({ vectors, code }: WasmFunction): Code {
  const locals = vectors === 0 ? [0] : [1, ...unsigned(vectors), vectorType];
  const content = [...locals, ...code, 0x0b];
  return [...unsigned(content.length), ...content];
}

function exported(name: string, kind: number, index: number): Code {
  const bytes = [...Buffer.from(name)];
  return [...unsigned(bytes.length), ...bytes, kind, ...unsigned(index)];
}

/**
 * A module of functions over one memory, which begins with the given bytes and is called `memory` outside.
 *
 * Units: `pages` of 64 KB. Source: WebAssembly 2.0, section 5.5.
 */
export function wasmModule(functions: readonly WasmFunction[], pages: number, data: Code): Uint8Array<ArrayBuffer> {
  const names = functions.flatMap(({ name }, index) => (name === undefined ? [] : [exported(name, 0, index)]));
  return Uint8Array.from([
    ...[0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00],
    ...section(
      1,
      functions.map(({ parameters }) => [0x60, ...unsigned(parameters), ...Array(parameters).fill(number), 0]),
    ),
    ...section(
      3,
      functions.map((_, index) => unsigned(index)),
    ),
    ...section(5, [[0x00, ...unsigned(pages)]]),
    ...section(7, [...names, exported("memory", 2, 0)]),
    ...section(10, functions.map(body)),
    ...section(11, [[0, ...constant(0), 0x0b, ...unsigned(data.length), ...data]]),
  ]);
}
