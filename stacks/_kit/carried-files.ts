import { copyFile, mkdir } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import type { Metafile } from "esbuild";

const fonts = "node_modules/pretendard/dist/public/static/alternative";

/** Files that code reads beside itself, by the module that reads them. */
const carried: Readonly<Record<string, { readonly folder: string; readonly files: readonly string[] }>> = {
  "packages/billing/src/pdf/font-files.ts": {
    folder: "fonts",
    files: [`${fonts}/Pretendard-Regular.ttf`, `${fonts}/Pretendard-SemiBold.ttf`],
  },
};

/** Copies what the modules of each bundle read beside themselves to where the bundle lies, and tells which files it made. */
export async function copyCarried(
  { from, to }: { readonly from: string; readonly to: string },
  { outputs }: Pick<Metafile, "outputs">,
): Promise<readonly string[]> {
  const copies: string[] = [];
  for (const [output, { inputs }] of Object.entries(outputs)) {
    for (const { folder, files } of Object.keys(inputs).flatMap((input) => carried[input] ?? [])) {
      const into = join(dirname(output), folder);
      await mkdir(join(to, into), { recursive: true });
      for (const file of files) await copyFile(join(from, file), join(to, into, basename(file)));
      copies.push(...files.map((file) => join(into, basename(file))));
    }
  }
  return copies;
}
