import { SingleBar } from "cli-progress";
import { doneBytes, type ImportState } from "./import-state.ts";
import type { Terminal } from "./terminal.ts";

/** Shows how far an import is. */
export interface ImportProgress {
  step(state: ImportState): void;
  /** Clears the way for lines of text. */
  stop(): void;
}

/** A bar where a person watches, else a line at each tenth. */
export function importProgress(terminal: Terminal, totalBytes: number): ImportProgress {
  return terminal.isWatched ? bar(totalBytes) : lines(terminal, totalBytes);
}

function bar(totalBytes: number): ImportProgress {
  const format = "  {bar} {percentage}%  {events} events  {eta_formatted} left";
  const single = new SingleBar({ format, stream: process.stderr, clearOnComplete: true, etaBuffer: 50 });
  single.start(totalBytes, 0, { events: "0" });
  return {
    step: (state) => single.update(doneBytes(state), { events: state.counts.accepted.toLocaleString("en") }),
    stop: () => single.stop(),
  };
}

function lines(terminal: Terminal, totalBytes: number): ImportProgress {
  let shown = 0;
  return {
    step: (state) => {
      const tenths = Math.floor((10 * doneBytes(state)) / Math.max(1, totalBytes));
      if (tenths <= shown) return;
      shown = tenths;
      terminal.note(`${tenths * 10}%: ${state.counts.accepted.toLocaleString("en")} events accepted`);
    },
    stop: () => {},
  };
}
