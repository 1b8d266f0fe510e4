import { firstMessageByte, sha256Module } from "./sha256-code.ts";

/** How much memory hashing has. Units: 64 KB. */
const pages = 16;

interface Code {
  readonly memory: { readonly buffer: ArrayBuffer };
  /** Hashes four padded messages of as many blocks. */
  messages(a: number, b: number, c: number, d: number, blocks: number, to: number): void;
  /** Hashes four inner nodes, whose children lie one behind the other. */
  nodes(from: number, to: number): void;
}

/** SHA-256 of four messages at once, in WebAssembly over a memory that callers write their messages into. */
export interface Lanes extends Omit<Code, "memory"> {
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** Where messages may begin. */
  readonly first: number;
}

let made: Lanes | undefined;

/** The one instance of the code: it is assembled when something is first hashed with it, in some milliseconds. */
export function lanes(): Lanes {
  made ??= start();
  return made;
}

function start(): Lanes {
  const instance = new WebAssembly.Instance(new WebAssembly.Module(sha256Module(pages)));
  const { memory, messages, nodes } = instance.exports as unknown as Code;
  return { bytes: new Uint8Array(memory.buffer), first: firstMessageByte, messages, nodes };
}
