import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join, resolve } from "node:path";
import { build } from "esbuild";

const here = import.meta.dirname;

/**
 * Builds what is published: one JavaScript module for Node 20, edge runtimes and browsers, its types, and a package.json of its own.
 * The workspace itself runs the sources; under a real `node_modules` folder Node refuses to strip types.
 */
export async function buildSdk(outDir: string): Promise<void> {
  rmSync(outDir, { recursive: true, force: true });
  mkdirSync(join(outDir, "types"), { recursive: true });
  await build({
    entryPoints: [join(here, "src/index.ts")],
    outfile: join(outDir, "index.js"),
    bundle: true,
    format: "esm",
    platform: "neutral",
    target: "es2022",
    logLevel: "warning",
  });
  declareTypes(join(outDir, "types"));
  writeFileSync(join(outDir, "package.json"), `${JSON.stringify(published(), null, 2)}\n`);
  cpSync(join(here, "README.md"), join(outDir, "README.md"));
}

/** Types are checked against what every platform has: no Node types are in reach. */
function declareTypes(outDir: string): void {
  const tsc = join(dirname(createRequire(import.meta.url).resolve("typescript/package.json")), "bin/tsc");
  const emit = ["--declaration", "--emitDeclarationOnly", "--outDir", outDir, "--types", ""];
  const language = ["--module", "nodenext", "--target", "es2022", "--lib", "es2023,dom,dom.iterable,dom.asynciterable"];
  const checks = [
    "--strict",
    "--exactOptionalPropertyTypes",
    "--noUncheckedIndexedAccess",
    "--allowImportingTsExtensions",
  ];
  const source = join(here, "src/index.ts");
  execFileSync(process.execPath, [tsc, source, "--ignoreConfig", ...emit, ...language, ...checks], {
    stdio: "inherit",
  });

  for (const name of readdirSync(outDir)) {
    const path = join(outDir, name);
    writeFileSync(path, readFileSync(path, "utf8").replaceAll(/(from "\.\/[^"]+)\.ts"/g, '$1.js"'));
  }
}

function published(): Record<string, unknown> {
  const { name, version } = JSON.parse(readFileSync(join(here, "package.json"), "utf8"));
  return {
    name,
    version,
    description: "Sends usage events to Farthing and reads what they cost.",
    license: "Apache-2.0",
    type: "module",
    engines: { node: ">=20" },
    sideEffects: false,
    exports: { ".": { types: "./types/index.d.ts", default: "./index.js" } },
  };
}

if (import.meta.main) await buildSdk(resolve(process.argv[2] ?? join(here, "dist")));
