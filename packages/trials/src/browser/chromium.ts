import { createReadStream, createWriteStream, existsSync } from "node:fs";
import { chmod, mkdir, readFile, rename, rm } from "node:fs/promises";
import { homedir } from "node:os";
import { dirname, join } from "node:path";
import { pipeline } from "node:stream/promises";
import { createBrotliDecompress } from "node:zlib";
import { type Browser, chromium } from "playwright-core";
import { extract } from "tar";
import { packageManifest } from "./package-manifest.ts";

/** Why this machine has no browser to test with: a sentence for who reads the test's output. */
export interface NoBrowser {
  readonly reason: string;
}

/**
 * Starts a headless browser: the one that `CHROME_PATH` names, otherwise the Chromium that `@sparticuz/chromium` carries,
 * unpacked once a version into the machine's cache folder with the libraries and fonts that a bare machine lacks.
 *
 * Errors: `NoBrowser` where the carried one does not run (it is built for Linux on x64) and none is named.
 */
export async function launchChromium(env: NodeJS.ProcessEnv = process.env): Promise<Browser | NoBrowser> {
  const args = ["--no-sandbox", "--headless=shell", "--hide-scrollbars", "--disable-gpu", "--disable-dev-shm-usage"];
  if (env.CHROME_PATH) return chromium.launch({ executablePath: env.CHROME_PATH, args });
  if (process.platform !== "linux" || process.arch !== "x64") {
    return { reason: "The carried Chromium runs on Linux on x64 only: name an installed Chrome by CHROME_PATH." };
  }
  const folder = await unpackedChromium(join(env.XDG_CACHE_HOME || join(homedir(), ".cache"), "farthing"));
  return chromium.launch({
    executablePath: join(folder, "chromium"),
    args,
    env: { ...definedOf(env), LD_LIBRARY_PATH: join(folder, "lib"), FONTCONFIG_PATH: join(folder, "fonts") },
  });
}

/** The folder of the carried Chromium, unpacked where this version is not yet: written beside its place, then renamed into it. */
async function unpackedChromium(cache: string): Promise<string> {
  const manifest = packageManifest("@sparticuz/chromium");
  const carried = dirname(manifest);
  const { version } = JSON.parse(await readFile(manifest, "utf8")) as { readonly version: string };
  const kept = join(cache, `chromium-${version}`);
  if (existsSync(kept)) return kept;

  const partial = join(cache, `.partial-chromium-${process.pid}-${Date.now()}`);
  await mkdir(partial, { recursive: true });
  try {
    const packed = (name: string) => createReadStream(join(carried, "bin", name)).pipe(createBrotliDecompress());
    await pipeline(packed("chromium.br"), createWriteStream(join(partial, "chromium")));
    await chmod(join(partial, "chromium"), 0o755);
    await pipeline(packed("al2023.tar.br"), extract({ cwd: partial }));
    await pipeline(packed("fonts.tar.br"), extract({ cwd: partial }));
    await rename(partial, kept).catch((error: unknown) => {
      // Another process may have finished first: its copy is as good.
      if (!existsSync(kept)) throw error;
    });
  } finally {
    await rm(partial, { recursive: true, force: true });
  }
  return kept;
}

function definedOf(env: NodeJS.ProcessEnv): Record<string, string> {
  return Object.fromEntries(
    Object.entries(env).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  );
}
