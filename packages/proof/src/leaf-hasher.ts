import { hashBytes } from "./sha256.ts";
import { type Lanes, lanes } from "./sha256-lanes.ts";
import { writeLeafHash } from "./tree-hash.ts";

const blockBytes = 64;
const hashWords = hashBytes / 4;
/** Leaves of more blocks are hashed alone. */
const mostBlocks = 255;
/** Where digests are written before they are copied to their places: before any message. */
const digestBytes = 4 * hashBytes;

/** Up to four messages of one number of blocks: where each lies, and which leaf it is. */
interface Queue {
  readonly at: Uint32Array;
  readonly leaf: Uint32Array;
  size: number;
}

/**
 * Hashes the leaves of a tree, four at once. A leaf's data is written straight into the memory that it is hashed in: `begin`
 * says where, `end` says how much it was.
 *
 * All hashers share that memory: what one begins it finishes before anything else runs.
 */
export class LeafHasher {
  /** The memory that leaves are written into. */
  readonly bytes: Uint8Array<ArrayBuffer>;
  private readonly lanes: Lanes;
  private readonly words: Uint32Array;
  private readonly target: Uint32Array;
  private readonly queues: Queue[] = [];
  private next: number;
  private count = 0;

  /** Makes room for the hashes of `leaves` leaves. */
  constructor(leaves: number) {
    this.lanes = lanes();
    this.bytes = this.lanes.bytes;
    this.words = new Uint32Array(this.bytes.buffer);
    this.target = new Uint32Array(leaves * hashWords);
    this.next = this.lanes.first + digestBytes;
  }

  /**
   * Where the data of the next leaf is to be written; there is room for `most` bytes at least. Not to be called where that is
   * more than a quarter of the memory.
   */
  begin(most: number): number {
    if (this.next + most + 3 * blockBytes > this.bytes.length) this.flush();
    return this.next + 1;
  }

  /** Takes in the leaf that was begun last, which ends before `end`. */
  end(end: number): void {
    const start = this.next;
    const { bytes } = this;
    const size = end - start;
    const blocks = (size + 8 + blockBytes) >> 6;
    if (blocks > mostBlocks) {
      this.add(bytes.subarray(start + 1, end));
      return;
    }
    const last = start + blocks * blockBytes;
    bytes[start] = 0;
    bytes[end] = 0x80;
    for (let at = end + 1; at < last - 4; at++) bytes[at] = 0;
    const bits = size * 8;
    bytes[last - 4] = bits >>> 24;
    bytes[last - 3] = bits >>> 16;
    bytes[last - 2] = bits >>> 8;
    bytes[last - 1] = bits;
    this.next = last;
    this.queue(start, blocks);
  }

  /** Takes in a leaf of any size whose data lies elsewhere. */
  add(data: Uint8Array): void {
    writeLeafHash({ target: new Uint8Array(this.target.buffer), at: hashBytes * this.count++, data });
  }

  /** The hashes of all leaves, 32 bytes each. */
  finish(): Uint8Array {
    this.flush();
    return new Uint8Array(this.target.buffer, 0, hashBytes * this.count);
  }

  private queue(at: number, blocks: number): void {
    this.queues[blocks] ??= { at: new Uint32Array(4), leaf: new Uint32Array(4), size: 0 };
    const queue = this.queues[blocks];
    queue.at[queue.size] = at;
    queue.leaf[queue.size] = this.count++;
    queue.size += 1;
    if (queue.size === 4) this.empty(queue, blocks);
  }

  private empty(queue: Queue, blocks: number): void {
    this.hash(queue, blocks);
    queue.size = 0;
  }

  private hash({ at, leaf, size }: Queue, blocks: number): void {
    const from = this.lanes.first;
    // Where fewer than four wait, the first is hashed more than once.
    const lane = (i: number) => at[i < size ? i : 0] ?? 0;
    this.lanes.messages(lane(0), lane(1), lane(2), lane(3), blocks, from);
    for (let i = 0; i < size; i++) {
      const to = hashWords * (leaf[i] ?? 0);
      const digest = from / 4 + hashWords * i;
      for (let k = 0; k < hashWords; k++) this.target[to + k] = this.words[digest + k] ?? 0;
    }
  }

  /** Hashes what waits for more of its size, and begins at the beginning of the memory. */
  private flush(): void {
    this.queues.forEach((queue, blocks) => {
      if (queue.size > 0) this.empty(queue, blocks);
    });
    this.next = this.lanes.first + digestBytes;
  }
}
