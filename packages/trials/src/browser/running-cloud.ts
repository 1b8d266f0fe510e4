import { existsSync, readFileSync } from "node:fs";

/** A local cloud that runs: what its supervisor wrote down about itself. */
export interface RunningCloud {
  readonly api: string;
  readonly console: string;
  readonly keys: { readonly admin: string; readonly read: string; readonly ingest: string };
}

/** Reads about the local cloud that `FARTHING_LOCAL_JSON` names; nothing where none is named or it is gone. */
export function runningCloud(env: NodeJS.ProcessEnv = process.env): RunningCloud | undefined {
  const path = env.FARTHING_LOCAL_JSON;
  if (!path || !existsSync(path)) return undefined;
  const cloud = JSON.parse(readFileSync(path, "utf8")) as RunningCloud;
  return cloud.console ? cloud : undefined;
}
