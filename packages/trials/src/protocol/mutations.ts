import type { Mutation } from "./mutation.ts";
import { readMutations } from "./read-mutations.ts";
import { rollMutations } from "./roll-mutations.ts";
import { writeMutations } from "./write-mutations.ts";

/** The design's eight rules, each broken in the ways that ports allow. */
export const mutations: readonly Mutation[] = [...rollMutations, ...writeMutations, ...readMutations].sort(
  (a, b) => a.rule - b.rule,
);
