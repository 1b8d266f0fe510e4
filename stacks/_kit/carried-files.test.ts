import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { copyCarried } from "./carried-files.ts";
import { scratchFolders } from "./scratch-folders.ts";
import { repository } from "./scratch-root.ts";

const scratch = scratchFolders();

test("files that a module reads beside itself are copied to the bundles that have it, and to no other", async () => {
  const to = await scratch();
  const of = (input: string) => ({ bytes: 1, inputs: { [input]: { bytesInOutput: 1 } }, imports: [], exports: [] });
  const outputs = {
    "billing/print/index.mjs": of("packages/billing/src/pdf/font-files.ts"),
    "billing/other/index.mjs": of("packages/billing/src/seal.ts"),
  };
  const copies = await copyCarried({ from: repository, to }, { outputs });
  const names = ["Pretendard-Regular.ttf", "Pretendard-SemiBold.ttf"];
  expect(copies).toEqual(names.map((name) => join("billing/print/fonts", name)));
  expect(await readdir(join(to, "billing"))).toEqual(["print"]);
  // TrueType begins with its version, 1.0.
  for (const copy of copies) expect((await readFile(join(to, copy))).subarray(0, 4).toString("hex")).toBe("00010000");
});
