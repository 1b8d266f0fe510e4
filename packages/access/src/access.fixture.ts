import { createHash } from "node:crypto";
import { type AccessStores, memoryAccess } from "./memory.ts";
import type { Access } from "./ports.ts";

/** A domain in memory whose clock a test moves and whose randomness repeats. */
export interface AccessFixture extends Access, AccessStores {
  readonly clock: { now(): number; move(ms: number): void };
}

/** Starts at noon on 22 November 2026. */
export function accessFixture(): AccessFixture {
  let now = Date.UTC(2026, 10, 22, 12);
  let drawn = 0;
  return {
    ...memoryAccess(),
    environment: "test",
    clock: {
      now: () => now,
      move: (ms) => {
        now += ms;
      },
    },
    randomness: { bytes: (count) => createHash("sha512").update(`seed ${drawn++}`).digest().subarray(0, count) },
  };
}
