import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { readFile, rm, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { promisify } from "node:util";
import { beforeEach, describe, expect, test } from "vitest";
import { scratchFolders } from "./_kit/scratch-folders.ts";
import { scratchRoot } from "./_kit/scratch-root.ts";
import { bundleFolder, bundleFunctions, handlerNames } from "./bundle.ts";

const files = {
  "functions/_kit/greeting.ts": `export const greeting = "hello";`,
  "functions/metering/greet.ts": `import { greeting } from "../_kit/greeting.ts";
export const handler = async (who: string) => \`\${greeting}, \${who}\`;`,
  "functions/metering/greet.test.ts": `throw new Error("a test is no handler");`,
  "functions/billing/load.ts": `const { createHash } = require("node:crypto");
import { version } from "./version.cjs";
export const handler = async () => createHash("sha256").update(version).digest("hex").length;`,
  "functions/billing/version.cjs": `exports.version = require("node:process").version;`,
};

const scratch = scratchFolders();
let root: string;
beforeEach(async () => {
  root = await scratchRoot(await scratch(), files);
});

const bundleOf = (name: string) => join(root, bundleFolder(name), "index.mjs");

describe("handlerNames", () => {
  test("are the files one folder down, without the kit and without tests", () => {
    expect(handlerNames(root)).toEqual(["billing/load", "metering/greet"]);
  });
});

describe("bundleFunctions", () => {
  test("makes a folder for each handler that holds all it needs, and says how large it is", async () => {
    const { bundles, built } = await bundleFunctions(root);
    expect(built).toBe(true);
    expect(bundles.map(({ name }) => name)).toEqual(["billing/load", "metering/greet"]);
    for (const { name, sizeBytes } of bundles) expect((await stat(bundleOf(name))).size).toBe(sizeBytes);
    await rm(join(root, "functions"), { recursive: true });
    expect(await call(bundleOf("metering/greet"), "Ada")).toBe("hello, Ada");
  });

  test("lets CommonJS dependencies require what they need", async () => {
    await bundleFunctions(root);
    expect(await call(bundleOf("billing/load"), "")).toBe(64);
  });

  test("leaves out what a handler names and does not use", async () => {
    const heavy = "functions/_kit/heavy.ts";
    await writeFile(
      join(root, heavy),
      `import { table } from "./table.cjs"; export const heavy = () => table;
export const light = "light";`,
    );
    await writeFile(join(root, "functions/_kit/table.cjs"), `exports.table = "x".repeat(9) + "heavy weight";`);
    await writeFile(
      join(root, "functions/_kit/index.ts"),
      `export { heavy, light } from "./heavy.ts";
export { other } from "./other.ts";`,
    );
    await writeFile(
      join(root, "functions/_kit/other.ts"),
      `import "./table.cjs"; console.log("on import"); export const other = 1;`,
    );
    await writeFile(
      join(root, "functions/metering/greet.ts"),
      `import { light } from "../_kit/index.ts";
export const handler = async () => light;`,
    );
    await bundleFunctions(root);
    const bundle = await readFile(bundleOf("metering/greet"), "utf8");
    expect(bundle).toContain("light");
    expect(bundle).not.toContain("on import");
    expect(bundle).not.toContain("heavy weight");
    expect(await call(bundleOf("metering/greet"), "")).toBe("light");
  });

  test("makes equal bytes from equal inputs, wherever they lie", async () => {
    const first = await bundleFunctions(root);
    const elsewhere = await scratchRoot(await scratch(), files);
    const second = await bundleFunctions(elsewhere);
    expect(second.digest).toBe(first.digest);
    expect(await readFile(join(elsewhere, bundleFolder("metering/greet"), "index.mjs"))).toEqual(
      await readFile(bundleOf("metering/greet")),
    );
  });

  test("does nothing when nothing has changed", async () => {
    const first = await bundleFunctions(root);
    const { mtimeMs } = await stat(bundleOf("metering/greet"));
    expect(await bundleFunctions(root)).toEqual({ ...first, built: false });
    expect((await stat(bundleOf("metering/greet"))).mtimeMs).toBe(mtimeMs);
  });

  test.for([
    { what: "a change in what a handler imports", path: "_kit/greeting.ts", content: `export const greeting = "hi";` },
    { what: "a new handler", path: "metering/leave.ts", content: "export const handler = async () => 1;" },
  ])("sees $what", async ({ path, content }) => {
    const first = await bundleFunctions(root);
    await writeFile(join(root, "functions", path), content);
    const second = await bundleFunctions(root);
    expect(second.built).toBe(true);
    expect(second.digest).not.toBe(first.digest);
  });

  test("makes everything anew where a killed run left half a manifest", async () => {
    const first = await bundleFunctions(root);
    await writeFile(join(root, bundleFolder("manifest.json")), `{ "key": "`);
    expect(await bundleFunctions(root)).toEqual(first);
  });

  test("makes anew what someone took away", async () => {
    const first = await bundleFunctions(root);
    await rm(bundleOf("metering/greet"));
    const second = await bundleFunctions(root);
    expect(second).toEqual(first);
    expect(existsSync(bundleOf("metering/greet"))).toBe(true);
  });

  test("drops the bundle of a handler that is gone", async () => {
    await bundleFunctions(root);
    await rm(join(root, "functions/metering"), { recursive: true });
    const { bundles } = await bundleFunctions(root);
    expect(bundles.map(({ name }) => name)).toEqual(["billing/load"]);
    expect(existsSync(bundleOf("metering/greet"))).toBe(false);
  });

  test("says where a handler does not compile", async () => {
    await writeFile(join(root, "functions/metering/greet.ts"), `import "../_kit/nowhere.ts";`);
    await expect(bundleFunctions(root)).rejects.toThrow("functions/metering/greet.ts:1:7");
  });
});

/** Calls a bundle's handler as Lambda would: by plain Node, without what the test runner does to imports. */
async function call(bundle: string, event: string): Promise<unknown> {
  const code = `const { handler } = await import(${JSON.stringify(pathToFileURL(bundle).href)});
console.log(JSON.stringify(await handler(${JSON.stringify(event)})));`;
  const { stdout } = await promisify(execFile)(process.execPath, ["--input-type=module", "-e", code]);
  return JSON.parse(stdout);
}
