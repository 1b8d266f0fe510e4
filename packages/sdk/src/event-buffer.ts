import type { PreparedEvent } from "./usage-event.ts";

/** How much may be held for sending before `track` makes its callers wait. */
export interface BufferRoom {
  readonly events: number;
  readonly bytes: number;
}

interface Waiting<T> {
  readonly event: T;
  readonly admit: () => void;
}

/**
 * Events on their way, within bounds: those that are ready to be batched, and behind them, in order, those that wait for room.
 * An event takes room from when it is ready until it is released, so also while it is being sent.
 */
export class EventBuffer<T extends PreparedEvent> {
  readonly #room: BufferRoom;
  #ready: T[] = [];
  #readyBytes = 0;
  #waiting: Waiting<T>[] = [];
  #heldEvents = 0;
  #heldBytes = 0;

  constructor(room: BufferRoom) {
    this.#room = room;
  }

  /** Events that are ready to be batched. */
  get readyEvents(): number {
    return this.#ready.length;
  }

  /** Bytes of the events that are ready. */
  get readyBytes(): number {
    return this.#readyBytes;
  }

  /** Takes an event in; resolves when it has its room. */
  add(event: T): Promise<void> {
    if (this.#waiting.length === 0 && this.#fits(event)) {
      this.#admit(event);
      return Promise.resolve();
    }
    return new Promise((admit) => this.#waiting.push({ event, admit }));
  }

  /** Hands over everything that is ready. It keeps its room until it is released. */
  takeAll(): T[] {
    const taken = this.#ready;
    this.#ready = [];
    this.#readyBytes = 0;
    return taken;
  }

  /** Gives room back, and lets in who waits for it. */
  release(events: readonly T[]): void {
    this.#heldEvents -= events.length;
    for (const event of events) this.#heldBytes -= event.bytes;

    let admitted = 0;
    for (const { event, admit } of this.#waiting) {
      if (!this.#fits(event)) break;
      this.#admit(event);
      admit();
      admitted++;
    }
    this.#waiting = admitted === 0 ? this.#waiting : this.#waiting.slice(admitted);
  }

  /** An event larger than the whole room is let in alone, or it would wait for ever. */
  #fits(event: T): boolean {
    if (this.#heldEvents === 0) return true;
    return this.#heldEvents < this.#room.events && this.#heldBytes + event.bytes <= this.#room.bytes;
  }

  #admit(event: T): void {
    this.#ready.push(event);
    this.#readyBytes += event.bytes;
    this.#heldEvents++;
    this.#heldBytes += event.bytes;
  }
}
