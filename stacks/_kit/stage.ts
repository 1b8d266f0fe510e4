/** Stages whose data may be lost: a person's own, a pull request's, a test's. Every other stage keeps its tables when it is removed. */
export function isThrowaway(stage: string): boolean {
  return stage === "local" || stage === "test" || /^(dev|pr)(-|$)/.test(stage);
}

/**
 * Refuses stage names that AWS would refuse later, half-way through a deployment.
 *
 * Units: function names take 64 characters, and the longest of ours leaves 20 to the stage.
 * Errors: throws, with the rule in words.
 */
export function assertStage(stage: string): void {
  if (/^[a-z][a-z0-9-]{0,19}$/.test(stage)) return;
  throw new Error(
    `The stage "${stage}" is not 1 to 20 lower-case letters, digits and hyphens that begin with a letter.`,
  );
}
