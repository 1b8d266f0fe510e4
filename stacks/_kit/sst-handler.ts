import type { Stack } from "sst/constructs";

/**
 * Takes out the custom-resource function that SST puts in every stack.
 *
 * Only its sites use it; elsewhere it is one more function and role, with logs that are kept for ever.
 */
export function withoutSstHandler(stack: Stack): void {
  stack.node.tryRemoveChild("CustomResourceHandler");
}
