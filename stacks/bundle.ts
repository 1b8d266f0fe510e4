import { createHash } from "node:crypto";
import { existsSync, globSync } from "node:fs";
import { mkdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { build, version } from "esbuild";
import * as v from "valibot";
import { type BundleForm, bundleFile, bundlesFolder } from "./_kit/bundle-form.ts";
import { copyCarried } from "./_kit/carried-files.ts";
import { withoutSideEffects } from "./_kit/without-side-effects.ts";

/** One handler's bundle. Units: bytes, as uploaded before zipping. */
interface Bundle {
  /** `<domain>/<verb>`. */
  readonly name: string;
  readonly sizeBytes: number;
}

/** What a run of the bundler left under `.build`. */
interface Bundles {
  /** Over the content of every bundle: equal digests deploy the same code. */
  readonly digest: string;
  readonly bundles: readonly Bundle[];
  /** False when nothing had changed since the last run. */
  readonly built: boolean;
}

/** What the last run left beside the bundles: by it the next one sees whether anything has changed. */
const Manifest = v.strictObject({
  key: v.string(),
  inputs: v.record(v.string(), v.string()),
  digest: v.string(),
  bundles: v.array(v.strictObject({ name: v.string(), sizeBytes: v.number() })),
});
type Manifest = v.InferOutput<typeof Manifest>;

/** The handlers under `functions/`, as `<domain>/<verb>`, sorted. */
export function handlerNames(root: string): readonly string[] {
  return globSync("*/*.ts", { cwd: join(root, "functions") })
    .map((file) => file.replaceAll("\\", "/"))
    .filter((file) => !file.startsWith("_") && !file.endsWith(".test.ts"))
    .map((file) => file.slice(0, -".ts".length))
    .sort();
}

/**
 * Bundles every handler into an `index.mjs` of its own, or does nothing when no input has changed.
 *
 * Equal inputs make equal bytes: no paths, times or source maps go in, so that an unchanged function is not deployed anew.
 */
export async function bundleFunctions(root: string, form: BundleForm): Promise<Bundles> {
  const names = handlerNames(root);
  const key = await keyOf(root, names);
  const known = await readManifest(root, form);
  if (known?.key === key && (await unchanged(root, form, known))) {
    return { digest: known.digest, bundles: known.bundles, built: false };
  }

  await rm(join(root, bundlesFolder(form)), { recursive: true, force: true });
  const { inputs, bundles } = names.length === 0 ? { inputs: [], bundles: [] } : await bundle(root, form, names);
  const digest = await digestOf(root, form, names);
  const manifest: Manifest = { key, inputs: await digests(root, inputs), digest, bundles };
  await mkdir(join(root, bundlesFolder(form)), { recursive: true });
  await writeFile(manifestFile(root, form), JSON.stringify(manifest));
  return { digest, bundles, built: true };
}

async function bundle(root: string, form: BundleForm, names: readonly string[]) {
  const { metafile } = await build({
    absWorkingDir: root,
    entryPoints: names.map((name) => ({ in: join("functions", `${name}.ts`), out: join(name, "index") })),
    outdir: bundlesFolder(form),
    splitting: form === "together",
    chunkNames: "chunks/[name]-[hash]",
    outExtension: { ".js": ".mjs" },
    bundle: true,
    minify: true,
    // Names of classes and functions are what an error's stack is read by.
    keepNames: true,
    format: "esm",
    platform: "node",
    target: "node24",
    mainFields: ["module", "main"],
    legalComments: "none",
    metafile: true,
    plugins: [withoutSideEffects()],
    logLevel: "silent",
    // CommonJS dependencies call `require`, which a module does not have.
    banner: { js: 'import{createRequire as __r}from"node:module";const require=__r(import.meta.url);' },
  });
  const copies = await copyCarried({ from: root, to: root }, metafile);
  const sizes = new Map(Object.entries(metafile.outputs).map(([file, { bytes }]) => [file, bytes]));
  const bundles = names.map((name) => ({
    name,
    sizeBytes: sizes.get(bundleFile(form, name).replaceAll("\\", "/")) ?? 0,
  }));
  // The copies count as inputs: where one is missing or changed, everything is made anew.
  return { inputs: [...Object.keys(metafile.inputs), ...copies], bundles };
}

const bundler = ["bundle", "_kit/bundle-form", "_kit/carried-files", "_kit/without-side-effects"].map(
  (name) => `stacks/${name}.ts`,
);

/** What decides a bundle besides the files in it: which handlers there are, how packages resolve, and the bundler. */
async function keyOf(root: string, names: readonly string[]): Promise<string> {
  const packages = globSync(["package-lock.json", "packages/*/package.json"], { cwd: root }).sort();
  return sha256(JSON.stringify({ version, names, files: await digests(root, [...packages, ...bundler]) }));
}

async function unchanged(root: string, form: BundleForm, { inputs, bundles }: Manifest): Promise<boolean> {
  if (!bundles.every(({ name }) => existsSync(join(root, bundleFile(form, name))))) return false;
  const now = await digests(root, Object.keys(inputs));
  return Object.entries(inputs).every(([file, digest]) => now[file] === digest);
}

/** A bundle names the chunks that it loads by their content. */
async function digestOf(root: string, form: BundleForm, names: readonly string[]): Promise<string> {
  const files = names.map((name) => bundleFile(form, name));
  return sha256(JSON.stringify(await digests(root, files)));
}

async function digests(root: string, files: readonly string[]): Promise<Record<string, string>> {
  const entries = await Promise.all(
    files.map(async (file) => {
      const path = join(root, file);
      const there = await stat(path).then(
        (found) => found.isFile(),
        () => false,
      );
      return [file, there ? sha256(await readFile(path)) : ""] as const;
    }),
  );
  return Object.fromEntries(entries);
}

function sha256(content: string | Uint8Array): string {
  return createHash("sha256").update(content).digest("hex");
}

function manifestFile(root: string, form: BundleForm): string {
  return join(root, `${bundlesFolder(form)}.json`);
}

async function readManifest(root: string, form: BundleForm): Promise<Manifest | undefined> {
  try {
    return v.parse(Manifest, JSON.parse(await readFile(manifestFile(root, form), "utf8")));
  } catch {
    // None yet, or half of one: everything is made anew.
    return undefined;
  }
}

if (import.meta.main) {
  const root = dirname(import.meta.dirname);
  const { bundles, built } = await bundleFunctions(root, "apart");
  for (const { name, sizeBytes } of bundles) console.log(`${name.padEnd(32)} ${(sizeBytes / 1024).toFixed(1)} KiB`);
  console.log(built ? `${bundles.length} bundles made.` : `${bundles.length} bundles are as they were.`);
}
