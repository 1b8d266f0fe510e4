import { mkdir, symlink, writeFile } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { handlerNames } from "../bundle.ts";

/** The repository. */
export const repository = resolve(import.meta.dirname, "../..");

/**
 * Makes an empty folder into a repository for a test to change: our stacks, packages and dependencies by reference, and
 * the given files.
 *
 * Paths in `files` are relative to its root; folders are made as needed.
 */
export async function scratchRoot(root: string, files: Readonly<Record<string, string>>): Promise<string> {
  for (const name of ["node_modules", "packages", "stacks", "package.json", "package-lock.json", "sst.config.ts"]) {
    await symlink(join(repository, name), join(root, name));
  }
  for (const [path, content] of Object.entries(files)) {
    await mkdir(dirname(join(root, path)), { recursive: true });
    await writeFile(join(root, path), content);
  }
  return root;
}

/** A handler for each that the stacks deploy, which does nothing: for tests of what lies around them. */
export function emptyHandlers(): Record<string, string> {
  return Object.fromEntries(handlerNames(repository).map((name) => [`functions/${name}.ts`, emptyHandler]));
}

/** The source of a handler that does nothing. */
export const emptyHandler = "export const handler = async () => ({ statusCode: 204 });";
