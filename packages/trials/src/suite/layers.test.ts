import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { describe, expect, test } from "vitest";

const root = resolve(import.meta.dirname, "../../../..");

const refused = [
  { folder: "packages/metering/src", imported: "electrodb", why: "the root of a domain is pure" },
  { folder: "packages/metering/src", imported: "@farthing/billing", why: "arrows point inward" },
  { folder: "packages/ledger/src", imported: "@farthing/billing", why: "arrows point inward" },
  { folder: "packages/ledger/src", imported: "electrodb", why: "the root of a domain is pure" },
  { folder: "packages/money/src", imported: "@farthing/proof", why: "money imports nothing" },
  { folder: "packages/cli/src", imported: "@farthing/metering", why: "the CLI speaks HTTP" },
  { folder: "functions/metering", imported: "@farthing/metering/dynamo", why: "services alone know adapters" },
  { folder: "stacks", imported: "@farthing/metering", why: "stacks name handlers by path" },
  { folder: "web/lib", imported: "@farthing/billing", why: "the console knows the SDK alone" },
];

const allowed = [
  { folder: "packages/billing/src", imported: "@farthing/metering" },
  { folder: "packages/billing/src", imported: "@farthing/ledger" },
  { folder: "packages/metering/src/dynamo", imported: "electrodb" },
  { folder: "functions/_kit/services", imported: "@farthing/metering/dynamo" },
  { folder: "web/lib", imported: "@farthing/sdk" },
];

const name = (index: number) => `planted-import-${index}.ts`;
const plants = [...refused, ...allowed].map(({ folder, imported }, index) => ({
  file: join(folder, name(index)),
  text: `import { thing } from "${imported}";\n\n/** A planted import. */\nexport const planted = thing;\n`,
}));

/**
 * The files, of all planted, whose import the linter refuses by our own rules; one run for all.
 *
 * Planted in a folder of their own that looks like the repository: other steps read that one meanwhile.
 */
function refusals(): ReadonlySet<string> {
  const place = mkdtempSync(join(tmpdir(), "farthing-layers-"));
  try {
    const rules = JSON.parse(readFileSync(join(root, "biome.json"), "utf8"));
    writeFileSync(join(place, "biome.json"), JSON.stringify({ ...rules, $schema: undefined, vcs: undefined }));
    for (const { file, text } of plants) {
      mkdirSync(dirname(join(place, file)), { recursive: true });
      writeFileSync(join(place, file), text);
    }
    const argv = ["lint", "--only=style/noRestrictedImports", ...plants.map(({ file }) => file)];
    const { stdout, stderr } = spawnSync(join(root, "node_modules/.bin/biome"), argv, { cwd: place, encoding: "utf8" });
    if (!(stdout + stderr).includes(`Checked ${plants.length} files`))
      throw new Error(`the linter did not read all: ${stdout}${stderr}`);
    const said = (stdout + stderr).split("\n").filter((line) => line.includes("noRestrictedImports"));
    return new Set(said.flatMap((line) => /planted-import-\d+\.ts/.exec(line)?.[0] ?? []));
  } finally {
    rmSync(place, { recursive: true, force: true });
  }
}

describe("the layer rules", () => {
  const found = refusals();

  test.for(refused.map((one, index) => ({ ...one, index })))("refuse $imported in $folder: $why", ({ index }) => {
    expect(found).toContain(name(index));
  });

  test.for(allowed.map((one, index) => ({ ...one, index: refused.length + index })))(
    "allow $imported in $folder",
    ({ index }) => {
      expect(found).not.toContain(name(index));
    },
  );
});
