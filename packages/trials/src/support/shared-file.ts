import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { repository } from "./local-farthing.ts";

/** A file of the folder with shared test data, which is read in place; undefined, said aloud, where it is absent. */
export function sharedFile(name: string, wantedFor: string): string | undefined {
  const path = resolve(process.env.FARTHING_SHARED ?? resolve(repository, "../shared"), name);
  if (existsSync(path)) return path;
  console.warn(`SKIPPED: ${wantedFor}: there is no ${name} in the folder that FARTHING_SHARED names.`);
  return undefined;
}
