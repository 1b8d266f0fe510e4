export { type Chunks, itemBytes, spill, unspill } from "./spill.ts";
export { squeeze, unsqueeze } from "./squeeze.ts";
