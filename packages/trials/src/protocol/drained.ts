/** Waits until no process can go on by itself: a tick comes after all promises that were ready. */
export function drained(): Promise<void> {
  return new Promise((resolve) => process.nextTick(resolve));
}
