import { existsSync, readFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";

/** What a running local cloud says of itself in `local.json`. */
export interface LocalCloud {
  readonly api: string;
  readonly keys: Readonly<Record<string, string | undefined>>;
}

/** The data folder: the one that is named, or the nearest `.farthing` from here upwards, or the one that would be made here. */
export function dataFolder(cwd: string, named?: string): string {
  if (named !== undefined) return resolve(cwd, named);
  for (let folder = cwd; ; folder = dirname(folder)) {
    if (existsSync(join(folder, ".farthing"))) return join(folder, ".farthing");
    if (dirname(folder) === folder) return join(cwd, ".farthing");
  }
}

/** Reads what a running local cloud left in its data folder, if one runs. */
export function readLocalCloud(folder: string): LocalCloud | undefined {
  const text = readText(join(folder, "local.json"));
  const content = text === undefined ? undefined : parse(text);
  if (typeof content?.api !== "string" || typeof content.keys !== "object" || content.keys === null) return undefined;
  return { api: content.api, keys: content.keys };
}

function readText(path: string): string | undefined {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return undefined;
  }
}

function parse(text: string): Partial<LocalCloud> | undefined {
  try {
    const content: unknown = JSON.parse(text);
    return typeof content === "object" && content !== null ? content : undefined;
  } catch {
    return undefined;
  }
}
