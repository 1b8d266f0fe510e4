import { execFileSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { buildSdk } from "./build.ts";

let consumer = "";
beforeAll(async () => {
  consumer = mkdtempSync(join(tmpdir(), "farthing-sdk-"));
  await buildSdk(join(consumer, "node_modules/@farthing/sdk"));
  writeFileSync(join(consumer, "package.json"), '{ "type": "module" }');
});
afterAll(() => rmSync(consumer, { recursive: true, force: true }));

const built = () => readFileSync(join(consumer, "node_modules/@farthing/sdk/index.js"), "utf8");

describe("the published SDK", () => {
  test("runs as an installed package", () => {
    const script =
      'import { Farthing } from "@farthing/sdk"; console.log(typeof new Farthing({ key: "k", url: "http://h" }).track);';
    writeFileSync(join(consumer, "run.js"), script);
    expect(execFileSync(process.execPath, [join(consumer, "run.js")], { encoding: "utf8" })).toBe("function\n");
  });

  test("needs no package and no module of Node's", () => {
    expect(built()).not.toMatch(/^import|\brequire\(|node:/m);
  });

  test("has its types, and refuses what they forbid", () => {
    const tsc = join(dirname(createRequire(import.meta.url).resolve("typescript/package.json")), "bin/tsc");
    const check = (source: string) => {
      writeFileSync(join(consumer, "use.ts"), source);
      const options = [
        "--ignoreConfig",
        "--noEmit",
        "--strict",
        "--module",
        "nodenext",
        "--lib",
        "es2023,dom",
        "--types",
        "",
      ];
      execFileSync(process.execPath, [tsc, ...options, "use.ts"], { cwd: consumer, stdio: "pipe" });
    };
    const made = 'import { Farthing } from "@farthing/sdk";\nconst f = new Farthing({ key: "k", url: "u" });\n';
    expect(() => check(`${made}void f.track({ type: "t", customer: "c", data: { amount: "0.1" } });`)).not.toThrow();
    expect(() => check(`${made}void f.track({ type: "t" });`)).toThrow();
    expect(readdirSync(join(consumer, "node_modules/@farthing/sdk/types"))).toContain("index.d.ts");
  });
});
