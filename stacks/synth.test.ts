import { existsSync } from "node:fs";
import { mkdir, readdir, readFile, stat, utimes, writeFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { scratchFolders } from "./_kit/scratch-folders.ts";
import { emptyHandler, emptyHandlers, scratchRoot } from "./_kit/scratch-root.ts";
import { synthesise } from "./synth.ts";

const scratch = scratchFolders();
let root: string;
/** Shared, since each synthesis takes seconds. */
let cacheDir: string;
beforeAll(async () => {
  root = await scratchRoot(await scratch(), emptyHandlers());
  cacheDir = await scratch();
});

describe("synthesise", () => {
  test("makes one assembly of two calls at once, and leaves the caller's process as it was", async () => {
    const before = { cwd: process.cwd(), env: { ...process.env } };
    const [one, other] = await Promise.all([synthesise({ root, cacheDir }), synthesise({ root, cacheDir })]);
    expect(one).toEqual(other);
    expect(await readdir(join(cacheDir, "assemblies"))).toHaveLength(1);
    expect({ cwd: process.cwd(), env: { ...process.env } }).toEqual(before);
  });

  test("writes an assembly that stands alone, without the console's stack", async () => {
    const { assembly } = await synthesise({ root, cacheDir });
    const names = await readdir(assembly);
    const stacks = names.filter((name) => name.endsWith(".template.json"));
    expect(stacks.map((name) => name.replace(/^local-farthing-|\.template\.json$/g, "")).sort()).toEqual([
      "Access",
      "Billing",
      "Ledger",
      "Metering",
      "Pricing",
      "Shared",
      "Wallet",
    ]);
    expect(await readFile(join(assembly, "manifest.json"), "utf8")).not.toContain(root);

    const assets: { files: Record<string, { source: { path: string } }> } = JSON.parse(
      await readFile(join(assembly, "local-farthing-Metering.assets.json"), "utf8"),
    );
    const folders = Object.values(assets.files).map((file) => file.source.path);
    const handlers = folders.filter((path) => path.startsWith("asset."));
    expect(handlers.length).toBeGreaterThan(0);
    for (const name of ["access/get-merchant"]) {
      expect(handlers.some((folder) => existsSync(join(assembly, folder, name, "index.mjs")))).toBe(true);
    }
  });

  test("finds an unchanged app in the cache, makes a changed one, and keeps the three used last", async () => {
    const first = await synthesise({ root, cacheDir });
    const { ctimeMs } = await stat(join(first.assembly, "manifest.json"));
    expect(await synthesise({ root, cacheDir })).toEqual(first);
    expect((await stat(join(first.assembly, "manifest.json"))).ctimeMs).toBe(ctimeMs);

    for (const [index, name] of ["oldest", "older", "old"].entries()) {
      const folder = join(cacheDir, "assemblies", name);
      await mkdir(folder, { recursive: true });
      await utimes(folder, index, index);
    }
    const file = join(root, "functions/access/get-merchant.ts");
    await writeFile(file, emptyHandler.replace("204", "205"));
    const changed = await synthesise({ root, cacheDir });
    expect(changed).not.toEqual(first);
    const left = await readdir(join(cacheDir, "assemblies"));
    expect(left.sort()).toEqual([basename(changed.assembly), basename(first.assembly), "old"].sort());

    await writeFile(file, emptyHandler);
    expect(await synthesise({ root, cacheDir })).toEqual(first);
  });

  test("says what is wrong, and leaves no half assembly behind", async () => {
    const empty = await scratch();
    await expect(synthesise({ root, cacheDir: empty, stage: "Not A Stage" })).rejects.toThrow(
      /The stage "Not A Stage" is not/,
    );
    expect(await readdir(join(empty, "assemblies"))).toEqual([]);
  });
});
