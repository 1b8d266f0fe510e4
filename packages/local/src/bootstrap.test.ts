import { spawnSync } from "node:child_process";
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { describe, expect, test } from "vitest";

const source = resolve(import.meta.dirname, "..", "..", "..", "bootstrap.mjs");

const lock = {
  packages: {
    "": { name: "farthing" },
    "packages/money": { version: "0.1.0" },
    "node_modules/@farthing/money": { resolved: "packages/money", link: true },
    "node_modules/valibot": { version: "1.5.0", integrity: "sha512-a" },
    "node_modules/for-another-platform": { version: "1.0.0", integrity: "sha512-b", optional: true },
  },
};
type Packages = Record<string, Record<string, unknown>>;

const { "": _root, "node_modules/for-another-platform": _other, ...installed } = lock.packages as Packages;

/** Runs the bootstrap in a folder of its own, with an npm that only leaves a trace; answers whether it was called. */
function bootstrap(present: Packages | undefined, { node = true, status = 0 } = {}) {
  const folder = mkdtempSync(join(tmpdir(), "farthing-bootstrap-"));
  copyFileSync(source, join(folder, "bootstrap.mjs"));
  writeFileSync(join(folder, "package-lock.json"), JSON.stringify(lock));
  mkdirSync(join(folder, "node_modules", ".bin"), { recursive: true });
  if (node) writeFileSync(join(folder, "node_modules", ".bin", "node"), "");
  if (present !== undefined) {
    writeFileSync(join(folder, "node_modules", ".package-lock.json"), JSON.stringify({ packages: present }));
  }
  const npm = join(folder, "npm-cli.js");
  writeFileSync(npm, `require("fs").writeFileSync("asked", process.argv.slice(2).join(" ")); process.exit(${status});`);
  const run = spawnSync(process.execPath, [join(folder, "bootstrap.mjs")], {
    cwd: tmpdir(),
    env: { ...process.env, npm_execpath: npm },
    encoding: "utf8",
  });
  return { installed: existsSync(join(folder, "asked")), status: run.status, said: run.stdout + run.stderr };
}

describe("bootstrap.mjs", () => {
  test("does nothing, and says nothing, when all is there", () => {
    expect(bootstrap(installed)).toEqual({ installed: false, status: 0, said: "" });
  });

  test.for([
    { why: "nothing is installed", present: undefined, node: true },
    { why: "a package is missing", present: { ...installed, "node_modules/valibot": undefined }, node: true },
    {
      why: "a package has another version",
      present: { ...installed, "node_modules/valibot": { version: "1.4.0", integrity: "sha512-a" } },
      node: true,
    },
    {
      why: "a package has other bytes",
      present: { ...installed, "node_modules/valibot": { version: "1.5.0", integrity: "sha512-z" } },
      node: true,
    },
    { why: "the install was broken off before Node came", present: installed, node: false },
  ])("installs when $why", ({ present, node }) => {
    expect(bootstrap(present as Packages | undefined, { node })).toMatchObject({ installed: true, status: 0 });
  });

  test("fails when npm fails, and says so", () => {
    const failed = bootstrap(undefined, { status: 7 });
    expect(failed.status).toBe(7);
    expect(failed.said).toContain("npm ci failed");
  });
});
