import { closeSync, openSync, readSync } from "node:fs";
import type { StoredBundle } from "@farthing/metering";

/** A bundle as a record of a file: the length of its head, the head in JSON, and the blob. */
export function recordOf({ blob, ...head }: StoredBundle): Uint8Array {
  const text = Buffer.from(JSON.stringify({ ...head, bytes: blob.length }));
  const size = Buffer.alloc(4);
  size.writeUInt32LE(text.length);
  return Buffer.concat([size, text, blob]);
}

/** Reads the bundles of such a file one after the other, none before it is asked for. */
export function* bundlesIn(file: string): Generator<StoredBundle> {
  const handle = openSync(file, "r");
  try {
    for (;;) {
      const size = Buffer.alloc(4);
      if (readSync(handle, size) === 0) return;
      const head = Buffer.alloc(size.readUInt32LE());
      readSync(handle, head);
      const { bytes, ...bundle } = JSON.parse(head.toString()) as Omit<StoredBundle, "blob"> & {
        readonly bytes: number;
      };
      const blob = new Uint8Array(bytes);
      readSync(handle, blob);
      yield { ...bundle, blob };
    }
  } finally {
    closeSync(handle);
  }
}
