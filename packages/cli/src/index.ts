export { runFarthing } from "./run-farthing.ts";
export type { Terminal } from "./terminal.ts";
