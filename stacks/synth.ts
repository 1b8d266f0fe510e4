import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, globSync } from "node:fs";
import { mkdir, readdir, readFile, rename, rm, stat, utimes } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { bundleForm } from "./_kit/bundle-form.ts";
import { underLock } from "./_kit/lock.ts";
import { bundleFunctions } from "./bundle.ts";

interface SynthesisOptions {
  /** The repository. */
  readonly root: string;
  /** Keeps assemblies, each under the digest of what it was made from. */
  readonly cacheDir: string;
  /** Also the console's stack, which needs OpenNext's build of `web/`. Default: false, as the local cloud wants it. */
  readonly web?: boolean;
  /** Default: "local". */
  readonly stage?: string;
}

/** Assemblies that stay in the cache: a running local cloud may still read the one before. */
const kept = 3;

/**
 * Synthesises the app into a cloud assembly, offline and without credentials, and answers its folder.
 *
 * Bundles the functions first. One at a time in a repository; what has not changed since is found in the cache.
 *
 * Errors: throws with what SST said.
 */
export async function synthesise(options: SynthesisOptions): Promise<{ assembly: string }> {
  const root = resolve(options.root);
  const { web = false, stage = "local" } = options;
  const cache = join(resolve(options.cacheDir), "assemblies");
  return underLock(join(root, ".build", "synthesis.lock"), async () => {
    const { digest } = await bundleFunctions(root, bundleForm(stage));
    const assembly = join(cache, await digestOf(root, `${digest} ${stage} ${web}`, web));
    if (existsSync(join(assembly, "manifest.json"))) {
      await utimes(assembly, new Date(), new Date());
      return { assembly };
    }
    const draft = `${assembly}.draft`;
    await rm(draft, { recursive: true, force: true });
    await mkdir(draft, { recursive: true });
    try {
      await runChild(root, [root, draft, stage, web ? "web" : ""]);
      await rm(assembly, { recursive: true, force: true });
      await rename(draft, assembly);
    } finally {
      await rm(draft, { recursive: true, force: true });
    }
    await prune(cache);
    return { assembly };
  });
}

async function digestOf(root: string, asked: string, web: boolean): Promise<string> {
  const patterns = ["stacks/**/*.ts", "sst.config.ts", "package.json", "package-lock.json"];
  if (web) patterns.push("web/.open-next/open-next.output.json");
  const hash = createHash("sha256").update(asked);
  for (const file of globSync(patterns, { cwd: root }).sort()) {
    if (file.endsWith(".test.ts")) continue;
    hash.update(`\0${file}\0`).update(await readFile(join(root, file)));
  }
  return hash.digest("hex").slice(0, 32);
}

async function runChild(root: string, argv: readonly string[]): Promise<void> {
  const child = spawn(process.execPath, [join(import.meta.dirname, "synth-child.ts"), ...argv], {
    cwd: root,
    // The caller's AWS_ variables stay outside: nothing here may reach an account.
    env: { PATH: process.env.PATH, HOME: process.env.HOME, NODE_ENV: "test", SST_TELEMETRY_DISABLED: "1" },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const said: Buffer[] = [];
  child.stdout.on("data", (chunk: Buffer) => said.push(chunk));
  child.stderr.on("data", (chunk: Buffer) => said.push(chunk));
  const code = await new Promise<number | null>((done, fail) => {
    child.on("error", fail);
    child.on("close", done);
  });
  if (code !== 0) throw new Error(`The stacks cannot be synthesised:\n${Buffer.concat(said).toString().trim()}`);
}

async function prune(cache: string): Promise<void> {
  const found = await Promise.all(
    (await readdir(cache)).map(async (name) => ({ name, usedMs: (await stat(join(cache, name))).mtimeMs })),
  );
  const old = found.sort((a, b) => b.usedMs - a.usedMs).slice(kept);
  for (const { name } of old) await rm(join(cache, name), { recursive: true, force: true });
}

if (import.meta.main) {
  const root = dirname(import.meta.dirname);
  console.log((await synthesise({ root, cacheDir: join(root, ".farthing") })).assembly);
}
