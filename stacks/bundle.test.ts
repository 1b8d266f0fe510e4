import { execFile } from "node:child_process";
import { existsSync, globSync } from "node:fs";
import { mkdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { promisify } from "node:util";
import { beforeEach, describe, expect, test } from "vitest";
import { type BundleForm, bundleFile, bundlesFolder } from "./_kit/bundle-form.ts";
import { scratchFolders } from "./_kit/scratch-folders.ts";
import { repository, scratchRoot } from "./_kit/scratch-root.ts";
import { bundleFunctions, handlerNames } from "./bundle.ts";

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

describe("handlerNames", () => {
  test("are the files one folder down, without the kit and without tests", () => {
    expect(handlerNames(root)).toEqual(["billing/load", "metering/greet"]);
  });
});

describe.for<BundleForm>(["apart", "together"])("bundleFunctions, %s,", (form) => {
  const bundleOf = (name: string) => join(root, bundleFile(form, name));

  test("makes bundles that need nothing else, and says how large they are", async () => {
    const { bundles, built } = await bundleFunctions(root, form);
    expect(built).toBe(true);
    expect(bundles.map(({ name }) => name)).toEqual(["billing/load", "metering/greet"]);
    for (const { name, sizeBytes } of bundles) expect((await stat(bundleOf(name))).size).toBe(sizeBytes);
    await rm(join(root, "functions"), { recursive: true });
    expect(await call(bundleOf("metering/greet"), "Ada")).toBe("hello, Ada");
  });

  test("lets CommonJS dependencies require what they need", async () => {
    await bundleFunctions(root, form);
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
    await bundleFunctions(root, form);
    const bundle = await readFile(bundleOf("metering/greet"), "utf8");
    expect(bundle).toContain("light");
    expect(bundle).not.toContain("on import");
    expect(bundle).not.toContain("heavy weight");
    expect(await call(bundleOf("metering/greet"), "")).toBe("light");
  });

  test("makes equal bytes from equal inputs, wherever they lie", async () => {
    const first = await bundleFunctions(root, form);
    const elsewhere = await scratchRoot(await scratch(), files);
    const second = await bundleFunctions(elsewhere, form);
    expect(second.digest).toBe(first.digest);
    expect(await readFile(join(elsewhere, bundleFile(form, "metering/greet")))).toEqual(
      await readFile(bundleOf("metering/greet")),
    );
  });

  test("does nothing when nothing has changed", async () => {
    const first = await bundleFunctions(root, form);
    const { mtimeMs } = await stat(bundleOf("metering/greet"));
    expect(await bundleFunctions(root, form)).toEqual({ ...first, built: false });
    expect((await stat(bundleOf("metering/greet"))).mtimeMs).toBe(mtimeMs);
  });

  test.for([
    { what: "a change in what a handler imports", path: "_kit/greeting.ts", content: `export const greeting = "hi";` },
    { what: "a new handler", path: "metering/leave.ts", content: "export const handler = async () => 1;" },
  ])("sees $what", async ({ path, content }) => {
    const first = await bundleFunctions(root, form);
    await writeFile(join(root, "functions", path), content);
    const second = await bundleFunctions(root, form);
    expect(second.built).toBe(true);
    expect(second.digest).not.toBe(first.digest);
  });

  test("makes everything anew where a killed run left half a manifest", async () => {
    const first = await bundleFunctions(root, form);
    await writeFile(join(root, `${bundlesFolder(form)}.json`), `{ "key": "`);
    expect(await bundleFunctions(root, form)).toEqual(first);
  });

  test("makes anew what someone took away", async () => {
    const first = await bundleFunctions(root, form);
    await rm(bundleOf("metering/greet"));
    const second = await bundleFunctions(root, form);
    expect(second).toEqual(first);
    expect(existsSync(bundleOf("metering/greet"))).toBe(true);
  });

  test("drops the bundle of a handler that is gone", async () => {
    await bundleFunctions(root, form);
    await rm(join(root, "functions/metering"), { recursive: true });
    const { bundles } = await bundleFunctions(root, form);
    expect(bundles.map(({ name }) => name)).toEqual(["billing/load"]);
    expect(existsSync(bundleOf("metering/greet"))).toBe(false);
  });

  test("says where a handler does not compile", async () => {
    await writeFile(join(root, "functions/metering/greet.ts"), `import "../_kit/nowhere.ts";`);
    await expect(bundleFunctions(root, form)).rejects.toThrow("functions/metering/greet.ts:1:7");
  });
});

describe("forms", () => {
  test("apart, each bundle holds what it shares; together, it lies beside them once", async () => {
    const shared = `export const greeting = "a long and hearty hello";`;
    await writeFile(join(root, "functions/_kit/greeting.ts"), shared);
    const other = await readFile(join(root, "functions/metering/greet.ts"), "utf8");
    await writeFile(join(root, "functions/metering/wave.ts"), other);
    const holding = async (form: BundleForm) => {
      await bundleFunctions(root, form);
      const files = globSync("**/*.mjs", { cwd: join(root, bundlesFolder(form)) }).sort();
      const texts = await Promise.all(files.map((file) => readFile(join(root, bundlesFolder(form), file), "utf8")));
      return files.filter((_, index) => texts[index]?.includes("hearty"));
    };
    expect(await holding("apart")).toEqual(["metering/greet/index.mjs", "metering/wave/index.mjs"]);
    expect(await holding("together")).toEqual([expect.stringMatching(/^chunks\/chunk-\w+\.mjs$/)]);
  });
});

describe("a handler of ours", () => {
  test.for<BundleForm>(["apart", "together"])("answers, bundled %s", async (form) => {
    for (const name of ["access/describe-api", "access/not-found"]) {
      await mkdir(join(root, "functions/access"), { recursive: true });
      const real = JSON.stringify(join(repository, "functions", `${name}.ts`));
      await writeFile(join(root, "functions", `${name}.ts`), `export { handler } from ${real};`);
    }
    await bundleFunctions(root, form);
    await rm(join(root, "functions"), { recursive: true });
    const request = { rawPath: "/openapi.json", rawQueryString: "", headers: {}, requestContext: { http: {} } };
    const answers = await call(join(root, bundleFile(form, "access/describe-api")), request);
    expect(answers).toMatchObject({ statusCode: 200, headers: { "content-type": "application/json" } });
  });
});

/** Calls a bundle's handler as Lambda would: by plain Node, without what the test runner does to imports. */
async function call(bundle: string, event: unknown): Promise<unknown> {
  const code = `const { handler } = await import(${JSON.stringify(pathToFileURL(bundle).href)});
console.log(JSON.stringify(await handler(${JSON.stringify(event)}, {})));`;
  const { stdout } = await promisify(execFile)(process.execPath, ["--input-type=module", "-e", code]);
  // What it logs comes first.
  return JSON.parse(stdout.trimEnd().split("\n").at(-1) ?? "");
}
