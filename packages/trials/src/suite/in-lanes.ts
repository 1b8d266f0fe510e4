import type { Step } from "./steps.ts";

/** The first step that may start now: a lane is free, and what it comes after is over. */
export function nextStep(waiting: readonly Step[], running: readonly Step[], lanes: number): Step | undefined {
  if (running.length >= lanes) return undefined;
  const going = new Set([...waiting, ...running].map(({ name }) => name));
  return waiting.find((step) => !step.after?.some((name) => going.has(name)));
}

/** Runs all steps, each as soon as it may start. A step that comes after one that was left out waits for nobody. */
export async function inLanes(all: readonly Step[], run: (step: Step) => Promise<void>, lanes: number): Promise<void> {
  let waiting = all;
  const running = new Map<Step, Promise<Step>>();
  while (waiting.length + running.size > 0) {
    const next = nextStep(waiting, [...running.keys()], lanes);
    if (next !== undefined) {
      waiting = waiting.filter((step) => step !== next);
      running.set(
        next,
        run(next).then(() => next),
      );
    } else if (running.size > 0) running.delete(await Promise.race(running.values()));
    else throw new Error(`each of these steps waits for another: ${waiting.map(({ name }) => name).join(", ")}`);
  }
}
