import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { beforeAll, expect, test } from "vitest";
import { scratchFolders } from "./_kit/scratch-folders.ts";

const scratch = scratchFolders();
let home: string;
beforeAll(async () => {
  home = await scratch();
});

/** Runs the command as someone whose machine knows nothing of AWS. */
function deploy(...args: readonly string[]) {
  return spawnSync(process.execPath, [join(import.meta.dirname, "deploy.ts"), ...args], {
    encoding: "utf8",
    env: { PATH: process.env.PATH, HOME: home, AWS_EC2_METADATA_DISABLED: "true" },
  });
}

test.for([
  { args: [], says: "Which stage? There is no default." },
  { args: ["--stage", "Prod"], says: 'The stage "Prod" is not' },
  { args: ["--stage", "local"], says: `The stage "local" is the local cloud's own.` },
  { args: ["--stage", "prod", "--force"], says: "Unknown option '--force'" },
  { args: ["prod"], says: "Unexpected argument 'prod'" },
])("refuses $args, and says how it is used", ({ args, says }) => {
  const { status, stderr } = deploy(...args);
  expect(status).toBe(1);
  expect(stderr).toContain(says);
  expect(stderr).toContain("npm run deploy -- --stage <name>");
});

test("refuses without AWS credentials, and says what to do", () => {
  const { status, stderr } = deploy("--stage", "prod");
  expect(status).toBe(1);
  expect(stderr).toMatch(/^There are no AWS credentials to deploy with\.\n/);
  expect(stderr).toContain("docs/deploy.md");
  expect(stderr).not.toContain("    at ");
});
